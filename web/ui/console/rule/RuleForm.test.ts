import { afterEach, expect, it, vi } from 'vitest'
import { org, show } from '../test/mount'

vi.setConfig({ testTimeout: 60_000 }) // the first test of a file waits until the form is compiled

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const device = (id: string, kind: string) => ({ id, fields: { kind, zoneId: 'z1', name: { zh: id }, channels: [] } })
const rule = (kind: string, more: object = {}) => ({ id: 'r1', rev: 1, fields: { name: { zh: '规则' }, disabled: false, rule: { kind, severity: 2, hysteresis: 0, holdS: 0, clearS: 0, source: { text: '依据', verified: false }, ...more } } })

async function form(props: object) {
  const sent: { fields: { rule: Record<string, unknown> } }[] = []
  const shown = await show({
    of: () => import('./RuleForm.vue'), props: { org: 'demo-museum', zones: [], devices: ['reader', 'portal', 'gate', 'instrument'].map((k) => device(k, k)), ...props }, can: { 'device.write': ['*'] }, orgs: [org('demo-museum')],
    server: (method, path, _query, { body }) => {
      if (path === '/vocabularies/quantity') return { terms: [{ code: 'wind-speed', label: { zh: '风速', en: 'Wind speed' }, parent: '', aliases: [], group: false }] }
      return method === 'PUT' && path === '/rules/r1' ? (sent.push(body as (typeof sent)[number]), {}) : undefined
    },
  })
  return { ...shown, sent }
}

it('the quantities are those that the server knows', async () => {
  const { asked, page, settle, wrapper } = await form({ rule: rule('limit', { quantity: 'wind-speed', high: 20 }) })
  await settle()
  expect(asked).toContain('/vocabularies/quantity')
  expect(page().textContent).toContain('风速')
  wrapper.unmount()
})

it('a rule of hours says when somebody may be there', async () => {
  const { page, settle, wrapper, sent } = await form({ rule: rule('hours', { hours: [{ days: [1, 2], from: '09:00', to: '24:00' }] }) })
  expect(page().querySelectorAll('[data-testid=hours-span]')).toHaveLength(1)
  expect(page().querySelector<HTMLInputElement>('input[data-testid=hours-to]')!.value).toBe('24:00')
  expect(page().querySelector('[data-testid=rule-high]')).toBeNull()
  page().querySelector<HTMLElement>('[data-testid=hours-add]')!.click()
  await settle()
  const from = page().querySelectorAll<HTMLInputElement>('input[data-testid=hours-from]')[1]!
  from.value = '08:30'
  from.dispatchEvent(new Event('input'))
  page().querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
  expect(sent[0]!.fields.rule).toMatchObject({ kind: 'hours', hours: [{ days: [1, 2], from: '09:00', to: '24:00' }, { from: '08:30', to: '17:00' }] })
  wrapper.unmount()
})

it('a rule of passages has no bound, no hold and no clear time, and is about readers and portals', async () => {
  const { page, wrapper } = await form({ rule: rule('passage') })
  for (const id of ['rule-high', 'rule-hold', 'rule-clear']) expect(page().querySelector(`[data-testid=${id}]`), id).toBeNull()
  expect(page().textContent).toContain('不能免报')
  wrapper.unmount()
})
