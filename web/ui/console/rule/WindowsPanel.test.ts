import { afterEach, expect, it, vi } from 'vitest'
import { org, show } from '../test/mount'

vi.setConfig({ testTimeout: 60_000 }) // the first test of a file waits until the form is compiled

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

it('a window begins when it is opened, and nothing of the one before is left', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28T01:00:00Z') })
  const sent: { fields: { from: string; until: string; reason: string } }[] = []
  const { page, settle, wrapper } = await show({
    of: () => import('./WindowsPanel.vue'), props: { org: 'demo-museum', zones: [], devices: [] }, can: { 'device.write': ['*'], 'device.read': ['*'] }, orgs: [org('demo-museum')],
    server: (method, path, _query, { body }) => (method === 'POST' && path === '/maintenances' ? (sent.push(body as (typeof sent)[number]), {}) : undefined),
  })
  const open = async (): Promise<HTMLInputElement> => {
    page().querySelector<HTMLElement>('[data-testid=window-new]')!.click()
    await settle()
    return page().querySelector<HTMLInputElement>('input[data-testid=window-reason]')!
  }
  const save = async (): Promise<void> => {
    page().querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
  }
  vi.setSystemTime(new Date('2026-11-28T05:00:00Z'))
  const reason = await open()
  reason.value = '换灯'
  reason.dispatchEvent(new Event('input'))
  await save()
  vi.setSystemTime(new Date('2026-11-29T05:00:00Z'))
  expect((await open()).value).toBe('')
  await save()
  expect(sent.map((s) => [s.fields.from, s.fields.until, s.fields.reason])).toEqual([
    ['2026-11-28T05:00:00.000Z', '2026-11-28T07:00:00.000Z', '换灯'],
    ['2026-11-29T05:00:00.000Z', '2026-11-29T07:00:00.000Z', ''],
  ])
  wrapper.unmount()
})
