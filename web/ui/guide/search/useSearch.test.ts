import { describe, expect, it } from 'vitest'
import { createApp, defineComponent, h } from 'vue'
import { createClient } from '@shared/api/client'
import { apiKey } from '@shared/api/inject'
import { noSearch, type Search } from './query'
import { useSearch } from './useSearch'

const search = (q: string): Search => ({ ...noSearch, q })

function start(answer: (url: URL) => unknown) {
  const urls: URL[] = []
  const fake: typeof fetch = async (input) => {
    const url = new URL(String(input), 'http://guide')
    urls.push(url)
    const body = answer(url)
    if (body instanceof Error) throw body
    return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })
  }
  let found!: ReturnType<typeof useSearch>
  const app = createApp(defineComponent({ setup: () => ((found = useSearch()), () => h('div')) }))
  app.provide(apiKey, createClient({ fetch: fake }))
  app.mount(document.createElement('div'))
  return { found, urls, stop: () => app.unmount() }
}

const hit = (id: string) => ({ kind: 'relic', id, title: { zh: id, en: id } })

describe('useSearch', () => {
  it('grows by the cursor and stops at the end', async () => {
    const { found, urls } = start((url) =>
      url.searchParams.get('cursor') === 'p2' ? { total: 3, items: [hit('c')], cursor: '' } : { total: 3, items: [hit('a'), hit('b')], cursor: 'p2' },
    )
    await found.run(search('鼎'))
    expect([found.items.value.length, found.hasMore.value]).toEqual([2, true])
    await found.grow()
    expect(found.items.value.map((i) => i.id)).toEqual(['a', 'b', 'c'])
    expect(found.hasMore.value).toBe(false)
    await found.grow()
    expect(urls).toHaveLength(2)
  })
  it('a new search forgets the grown pages', async () => {
    const { found } = start((url) => ({ total: 1, items: [hit(url.searchParams.get('q')! + (url.searchParams.get('cursor') ?? ''))], cursor: url.searchParams.has('cursor') ? '' : 'p2' }))
    await found.run(search('a'))
    await found.grow()
    expect(found.items.value.map((i) => i.id)).toEqual(['a', 'ap2'])
    await found.run(search('b'))
    expect(found.items.value.map((i) => i.id)).toEqual(['b'])
  })
  it('keeps what is there when growing fails, and can try again', async () => {
    let broken = true
    const { found } = start((url) => (url.searchParams.has('cursor') ? (broken ? new TypeError('no network') : { total: 2, items: [hit('b')] }) : { total: 2, items: [hit('a')], cursor: 'p2' }))
    await found.run(search('a'))
    await found.grow()
    expect([found.growthFailed.value, found.items.value.length]).toEqual([true, 1])
    broken = false
    await found.grow()
    expect([found.growthFailed.value, found.items.value.length]).toEqual([false, 2])
  })
})
