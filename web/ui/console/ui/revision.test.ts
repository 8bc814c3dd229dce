import { afterEach, expect, it, vi } from 'vitest'
import { type Server, show } from '../test/mount'

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const meta = { id: 'x1', org: 'demo-museum', rev: 3, createdAt: '2026-10-01T04:00:00Z', updatedAt: '2026-10-01T04:00:00Z' }
const name = { zh: '一号', en: 'One' }

it.each([
  ['device', () => import('../device/DeviceForm.vue'), { device: { ...meta, fields: { kind: 'reader', name, zoneId: 'z1', silentAfterS: 120 }, state: null, zoneName: name } }, 'PUT /devices/x1'],
  ['tag', () => import('../device/BindForm.vue'), { tag: { ...meta, fields: { kind: 'passive-uhf', label: 'T-1', silentAfterS: 0 }, binding: null, state: null } }, 'POST /tags/x1/binding'],
  ['zone', () => import('../zone/ZoneForm.vue'), { zone: { ...meta, fields: { name, kind: 'gallery', risk: 1, dwellS: 8 } }, zones: [] }, 'PUT /zones/x1'],
  ['contact', () => import('../alarm/ContactForm.vue'), { contact: { ...meta, fields: { name: '值班室', kind: 'email', address: 'duty@example.org', severities: [1], steps: [0], lang: 'zh', names: false, paused: false } } }, 'PUT /alarm-contacts/x1'],
] as const)('a form of a %s saves on the revision that it shows, so that what somebody else changed meanwhile is not lost', async (_what, of, props, call) => {
  const based: (string | null)[] = []
  const server: Server = (method, path, _query, { headers }) => {
    if (method === 'GET') return path.endsWith('/x1') ? { ...meta, rev: 4 } : undefined
    based.push(headers.get('If-Match'))
    return 412
  }
  const done = vi.fn()
  const { asked, page, settle, wrapper } = await show({ of: of as never, props: { ...props, org: 'demo-museum', onSaved: done, onClose: done }, can: { 'device.write': ['*'] }, server })
  page().querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
  expect(asked.filter((a) => !a.startsWith('/'))).toEqual([call])
  expect(based).toEqual([expect.stringMatching(/^"3-/)])
  expect(page().textContent).toContain('refused 412')
  expect(done).not.toHaveBeenCalled()
  wrapper.unmount()
})
