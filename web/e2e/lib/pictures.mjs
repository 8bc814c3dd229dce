import assert from 'node:assert/strict'
import { picture } from './png.mjs'
import { until } from './server.mjs'

/** Uploads a picture of one colour to the model museum and waits until it can be seen. */
export async function uploaded(api, colour) {
  const form = new FormData()
  form.append('org', 'demo-museum')
  form.append('file', new Blob([picture(1600, 1200, colour)], { type: 'image/png' }), 'view.png')
  const answer = await fetch(`${api.url}/api/v1/media`, { method: 'POST', headers: api.headers, body: form })
  assert.equal(answer.status, 201)
  const { id } = await answer.json()
  await until('the pyramid', async () => (await api.get(`/api/v1/media/${id}`)).body.state === 'ready')
  return id
}
