import { afterEach, describe, expect, it, vi } from 'vitest'
import { org, show, type Server } from '../test/mount'

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const none = { zh: '', en: '' }
const alarm = (id: string, severity: number, state = 'raised') => ({
  id, org: 'demo-museum', rev: 1, severity, state, kind: 'exit', raisedAt: '2026-10-01T04:00:00Z', answerBy: '2026-10-01T04:05:00Z', occurredAt: '2026-10-01T04:00:00Z',
  relicName: { zh: id, en: id }, zoneName: none, deviceName: none, fromZoneName: none, ground: none, ruleName: none, measure: null, members: [], proves: none, simulated: true, steps: [], certainty: 'certain', samples: 1, duty: 'keeper',
})
/** A house with alarms, two to a page, the newest first as the server lists them. */
const house = (all: ReturnType<typeof alarm>[]): Server => (_method, path, query) => {
  if (path !== '/alarms') return all.find((a) => path === `/alarms/${a.id}`)
  const of = all.filter((a) => (a.state === 'resolved') === (query.get('state') === 'resolved'))
  const at = Number(query.get('cursor') || 0)
  return { items: of.slice(at, at + 2), cursor: at + 2 < of.length ? String(at + 2) : '' }
}
async function duty(server: Server) {
  const shown = await show({ of: () => import('./Duty.vue'), can: { 'alarm.read': ['demo-museum'], 'device.read': ['demo-museum'] }, orgs: [org('demo-museum')], server })
  const count = () => shown.page().querySelector('[data-testid="duty-unanswered"]')
  const listed = () => [...shown.page().querySelectorAll('[data-kind]')].map((b) => b.getAttribute('data-testid'))
  return { ...shown, count, listed }
}

describe('the duty screen', () => {
  it('counts what is open, and hears it, while the resolved are looked at', async () => {
    const { count, listed, loadOrgs, settle, page, wrapper } = await duty(house([alarm('new', 2), alarm('old', 1), alarm('done', 3, 'resolved')]))
    await loadOrgs()
    await settle()
    expect(listed()).toEqual(['alarm-old', 'alarm-new'])
    page().querySelector<HTMLElement>('[data-testid="duty-resolved"]')!.click()
    await settle()
    expect(listed()).toEqual(['alarm-done'])
    expect(count()!.getAttribute('data-count')).toBe('2')
    expect(count()!.getAttribute('data-grave')).toBe('1')
    wrapper.unmount()
  })
  it('knows the gravest also behind the first page', async () => {
    const { count, listed, loadOrgs, settle, wrapper } = await duty(house([alarm('c', 3), alarm('b', 3), alarm('a', 1)]))
    await loadOrgs()
    await settle()
    expect(listed()[0]).toBe('alarm-a')
    expect(count()!.getAttribute('data-grave')).toBe('1')
    wrapper.unmount()
  })
  it('calls nothing quiet before it is known', async () => {
    let up = false
    const { count, loadOrgs, settle, page, wrapper } = await duty((...asked) => (up ? house([])(...asked) : 503))
    expect(count()).toBeNull()
    await loadOrgs()
    await settle()
    expect(count()).toBeNull()
    up = true
    page().querySelector<HTMLElement>('[data-testid="duty-resolved"]')!.click()
    await settle()
    expect(count()!.getAttribute('data-count')).toBe('0')
    wrapper.unmount()
  })
})
