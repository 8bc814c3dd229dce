import assert from 'node:assert/strict'
import { picture } from './png.mjs'
import { until } from './server.mjs'

/** Uploads a picture of one colour to the model museum and waits until it can be seen. */
export async function uploaded(api, colour) {
  return sent(api, 'demo-museum', new File([picture(1600, 1200, colour)], 'view.png', { type: 'image/png' }))
}

/** Uploads a file to an organisation and waits until it is ready: a picture to be seen, a sound to be played. */
export async function sent(api, org, file) {
  const form = new FormData()
  form.append('org', org)
  form.append('file', file)
  const answer = await fetch(`${api.url}/api/v1/media`, { method: 'POST', headers: api.headers, body: form })
  assert.equal(answer.status, 201)
  const { id } = await answer.json()
  await until(`${file.name} is ready`, async () => (await api.get(`/api/v1/media/${id}`)).body.state === 'ready')
  return id
}

/** Sets the terms of a picture. */
export async function setTerms(api, id, terms) {
  const { headers } = await api.get(`/api/v1/media/${id}`)
  await api.want('PUT', `/api/v1/media/${id}/terms`, { ...terms, reason: '旅程' }, { 'If-Match': headers.get('etag') })
}
