import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLanguage } from '@shared/i18n'
import shared from '@shared/locales/zh.json'
import zh from '../locales/zh.json'

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllGlobals())

/** Shows the roles of `n` accounts, as the table of accounts does. */
async function show(n: number) {
  const { default: GrantBadges } = await import('./GrantBadges.vue')
  const global = { plugins: [createLanguage({ 'zh-CN': { ...shared, ...zh }, en: {} }, 'zh-CN')] }
  return Array.from({ length: n }, () => mount(GrantBadges, { props: { grants: [{ role: 'keeper', org: '*' }] }, global }))
}

it('the roles are asked for once, however many accounts show theirs', async () => {
  const fetch = vi.fn(async () => answer(200, { items: [{ code: 'keeper', label: { zh: '库房保管员', en: 'Keeper' }, actions: [] }] }))
  vi.stubGlobal('fetch', fetch)
  const rows = await show(50)
  await flushPromises()
  expect(fetch).toHaveBeenCalledTimes(1)
  for (const row of rows) expect(row.text()).toContain('库房保管员')
})

it('after a failure they are asked for again', async () => {
  const fetch = vi.fn(async () => answer(200, { items: [{ code: 'keeper', label: { zh: '库房保管员', en: 'Keeper' }, actions: [] }] }))
  fetch.mockImplementationOnce(async () => answer(503, { title: 'x', detail: 'x', code: 'test.down', requestId: 'r' }))
  vi.stubGlobal('fetch', fetch)
  await show(2)
  await flushPromises()
  const [row] = await show(1)
  await flushPromises()
  expect(fetch).toHaveBeenCalledTimes(2)
  expect(row!.text()).toContain('库房保管员')
})
