import { afterEach, expect, it, vi } from 'vitest'
import { org, show } from '../test/mount'

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

it.each([['demo-museum', true], ['city-museum', false]])('a tag of %s says whether it is made up: %s', async (whose, simulated) => {
  const sent: unknown[] = []
  const { loadOrgs, page, settle, wrapper } = await show({
    of: () => import('./TagForm.vue'), props: { org: whose }, can: { 'device.write': ['*'] }, orgs: [org('demo-museum'), { ...org('city-museum'), simulated: false }],
    server: (method, path, _query, { body }) => (method === 'POST' && path === '/tags' ? (sent.push(body), {}) : undefined),
  })
  await loadOrgs()
  page().querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
  expect(sent).toEqual([expect.objectContaining({ org: whose, fields: expect.objectContaining({ simulated }) })])
  wrapper.unmount()
})
