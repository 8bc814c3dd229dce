import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient } from '@shared/api/client'
import { createNames } from './names'

const list = (...titles: string[]) => ({ records: titles.map((zh) => ({ kind: 'relic', id: zh, zh })), characters: { he: '鹤鶴', lian: '莲' } })

/** A server with a list and its tag; asked has what If-None-Match said. */
function server(first: ReturnType<typeof list>) {
  const its = { list: first, tag: 'W/"1"', up: true, asked: [] as (string | null)[] }
  const api = createClient({
    fetch: async (_input, init) => {
      const match = new Headers(init?.headers).get('If-None-Match')
      its.asked.push(match)
      if (!its.up) throw new TypeError('no network')
      return match === its.tag ? new Response(null, { status: 304, headers: { ETag: its.tag } }) : Response.json(its.list, { headers: { ETag: its.tag } })
    },
  })
  return { its, api }
}

/** The browser's store of answers, as far as the names need it. */
function answers() {
  const kept = new Map<string, string>()
  vi.stubGlobal('caches', {
    open: async () => ({
      match: async (path: string) => (kept.has(path) ? new Response(kept.get(path)) : undefined),
      put: async (path: string, answer: Response) => void kept.set(path, await answer.text()),
    }),
  })
  return kept
}

const found = (names: ReturnType<typeof createNames>, q: string) => names.complete(q, 'zh', 8).map((c) => c.text)

describe('the list of names on the phone', () => {
  beforeEach(() => void vi.spyOn(console, 'info').mockImplementation(() => undefined))
  afterEach(() => vi.unstubAllGlobals())

  it('is fetched when it is woken, once while it is fresh, and then asked for by its tag', async () => {
    answers()
    let clock = 1_000_000
    const { its, api } = server(list('莲鹤方壶'))
    const names = createNames(api, () => clock)
    expect(found(names, '鹤')).toEqual([])
    await Promise.all([names.wake(), names.wake()])
    expect(found(names, '鶴')).toEqual(['莲鹤方壶'])
    expect(names.size.value).toBe(1)
    await names.wake()
    expect(its.asked).toEqual([null])
    clock += 10 * 60_000
    await names.wake()
    expect(its.asked).toEqual([null, 'W/"1"'])
    expect(names.asOf.value).toBe(new Date(clock).toISOString())
  })
  it('is kept for the next visit, which needs no network, and loses what is withdrawn when it is asked for again', async () => {
    answers()
    const { its, api } = server(list('莲鹤方壶', '松鹤图'))
    await createNames(api).wake()
    its.up = false
    const next = createNames(api)
    await next.wake()
    expect(found(next, '鹤')).toEqual(['松鹤图', '莲鹤方壶'])
    expect(next.size.value).toBe(2)
    Object.assign(its, { up: true, list: list('松鹤图'), tag: 'W/"2"' })
    await next.wake()
    expect(its.asked).toEqual([null, 'W/"1"', 'W/"1"'])
    expect(found(next, '鹤')).toEqual(['松鹤图'])
    const last = createNames(api)
    its.up = false
    await last.wake()
    expect(found(last, '鹤')).toEqual(['松鹤图'])
  })
  it('is fetched where the browser keeps nothing, and where what is kept is broken', async () => {
    const { its, api } = server(list('莲鹤方壶'))
    const without = createNames(api)
    await without.wake()
    expect(found(without, '莲')).toEqual(['莲鹤方壶'])
    const kept = answers()
    for (const broken of ['{', '{}', '{"etag":"x","at":"never","list":{"records":[],"characters":{}}}', '{"etag":"x","at":"2026-11-28T00:00:00Z","list":{"records":[]}}']) {
      kept.set('/search/names', broken)
      const names = createNames(api)
      await names.wake()
      expect(found(names, '莲')).toEqual(['莲鹤方壶'])
    }
    expect(new Set(its.asked)).toEqual(new Set([null]))
  })
  it('remembers what the server named before the list came', async () => {
    answers()
    const { api } = server(list('莲鹤方壶'))
    const names = createNames(api)
    names.learn([{ kind: 'relic', id: 'far', text: '云鹤镜' }])
    await names.wake()
    expect(found(names, '鹤')).toEqual(['云鹤镜', '莲鹤方壶'])
  })
})
