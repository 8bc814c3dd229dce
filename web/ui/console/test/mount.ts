import ElementPlus from 'element-plus'
import { flushPromises, mount } from '@vue/test-utils'
import { type Component, h, nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { vi } from 'vitest'
import { createLanguage } from '@shared/i18n'
import sharedEn from '@shared/locales/en.json'
import sharedZh from '@shared/locales/zh.json'
import en from '../locales/en.json'
import zh from '../locales/zh.json'

/** What the server of a test answers: a body, or a refusal by its status; undefined is an empty page. */
export type Server = (method: string, path: string, query: URLSearchParams, request: { headers: Headers; body: unknown }) => unknown

export const org = (id: string, kind = 'museum') => ({ id, kind, name: { zh: id, en: id }, simulated: true, rev: 1 })

/**
 * Shows one component of the console to somebody who may do `can` (by action, the organisations), before the organisations
 * are known; `settle` lets what is under way come in. Nothing is kept between two shows of one test file.
 */
export async function show(options: { of: () => Promise<{ default: Component }>; props?: Record<string, unknown>; can: Record<string, string[]>; orgs?: unknown[]; server?: Server }) {
  vi.resetModules()
  const asked: string[] = []
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    const url = new URL(input, 'http://console')
    const path = url.pathname.replace('/api/v1', '')
    let body: unknown
    if (path === '/session') body = { actor: { id: 'u1', account: 'u1', name: 'U', org: '', grants: [], pending: [], secondFactor: false, can: options.can }, csrfToken: 'c' }
    else if (path === '/orgs') body = { items: options.orgs ?? [], cursor: '' }
    else {
      asked.push(`${init.method === 'GET' ? '' : `${init.method} `}${path}${decodeURIComponent(url.search)}`)
      body = options.server?.(init.method!, path, url.searchParams, { headers: init.headers as Headers, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined }) ?? { items: [], cursor: '' }
    }
    const refused = typeof body === 'number'
    return new Response(JSON.stringify(refused ? { title: 'refused', detail: `refused ${body}`, code: 'test.refused', requestId: 'r' } : body), {
      status: refused ? (body as number) : 200, headers: { 'Content-Type': refused ? 'application/problem+json' : 'application/json' },
    })
  })
  const [{ loadSession }, { loadOrgs }, { default: of }] = await Promise.all([import('../session/session'), import('../session/orgs'), options.of()])
  await loadSession()
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:all(.*)*', component: { render: () => h('div') } }] })
  await router.push('/')
  const wrapper = mount({ render: () => h(of, options.props) }, {
    attachTo: document.body,
    global: { plugins: [createLanguage({ 'zh-CN': { ...sharedZh, ...zh }, en: { ...sharedEn, ...en } }, 'zh-CN'), router, ElementPlus] },
  })
  const settle = async (): Promise<void> => {
    await flushPromises()
    await nextTick()
    await flushPromises()
  }
  await settle()
  return { wrapper, asked, settle, loadOrgs, router, page: () => document.body }
}
