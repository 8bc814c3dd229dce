import { flushPromises, mount } from '@vue/test-utils'
import { type Component, h } from 'vue'
import { createMemoryHistory, RouterView } from 'vue-router'
import { createClient } from '@shared/api/client'
import { apiKey } from '@shared/api/inject'
import { createLanguage, type Lang } from '@shared/i18n'
import en from '../locales/en.json'
import zh from '../locales/zh.json'
import { createPlayback, type Playback, playbackKey } from '../player/playback'
import { createGuideRouter } from '../router'
import { createNames, namesKey } from '../search/names'

/** What the server of a test answers, or a promise of it; a number is a refusal with that status, undefined is no network. */
export type Server = (path: string, query: URLSearchParams) => unknown

/** Shows one component (or, without one, the page at `at`) of the guide against a server of the test. */
export async function show(options: { at?: string; of?: Component; props?: Record<string, unknown>; lang?: Lang; server?: Server; onBody?: (body: Record<string, unknown>) => void; playback?: Playback }) {
  const asked: string[] = []
  const fake: typeof fetch = async (input, init) => {
    const url = new URL(String(input), 'http://guide')
    asked.push(url.pathname.replace('/api/v1', '') + decodeURIComponent(url.search))
    if (typeof init?.body === 'string') options.onBody?.(JSON.parse(init.body) as Record<string, unknown>)
    const body = await options.server?.(url.pathname.replace('/api/v1', ''), url.searchParams)
    if (body === undefined) throw new TypeError('no network')
    const status = typeof body === 'number' ? body : 200
    const answer = typeof body === 'number' ? { title: 'refused', detail: `refused ${body}`, code: 'test.refused', requestId: 'req-1' } : body
    return new Response(JSON.stringify(answer), { status, headers: { 'Content-Type': status === 200 ? 'application/json' : 'application/problem+json' } })
  }
  const client = createClient({ fetch: fake })
  const router = createGuideRouter(createMemoryHistory())
  void router.push(options.at ?? '/nowhere')
  await router.isReady()
  const wrapper = mount(options.of ? { render: () => h(options.of!, options.props) } : { render: () => h(RouterView) }, {
    global: {
      plugins: [createLanguage({ 'zh-CN': zh, en }, options.lang ?? 'zh-CN'), router],
      provide: { [apiKey as symbol]: client, [namesKey as symbol]: createNames(client), [playbackKey as symbol]: options.playback ?? createPlayback() },
      stubs: { MapView: true },
    },
  })
  await flushPromises()
  await flushPromises()
  return { wrapper, router, asked, text: () => wrapper.text().replace(/\s+/g, ' ') }
}
