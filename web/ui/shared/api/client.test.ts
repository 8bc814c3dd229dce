import { describe, expect, it, vi } from 'vitest'
import { createClient, path, queryString } from './client'
import { ApiError, isAbort } from './error'

type Call = { url: string; init: RequestInit; headers: Headers }

function serve(answer: (call: Call) => Response | Promise<Response>) {
  const calls: Call[] = []
  const fake: typeof fetch = async (input, init = {}) => {
    const call = { url: String(input), init, headers: new Headers(init.headers) }
    calls.push(call)
    return answer(call)
  }
  return { calls, fetch: fake }
}

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json', ...(init.headers as object) }, status: init.status ?? 200 })

describe('queryString', () => {
  it.each([
    ['nothing', undefined, ''],
    ['leaves out what is empty', { q: '', kind: undefined, near: null }, ''],
    ['keeps zero and false', { from: 0, free: false }, '?free=false&from=0'],
    ['repeats a list and sorts names', { kind: ['relic', 'site'], cursor: 'a b' }, '?cursor=a+b&kind=relic&kind=site'],
  ])('%s', (_rule, query, want) => {
    expect(queryString(query)).toBe(want)
  })
})

describe('path', () => {
  it('escapes what stands between its parts', () => {
    expect(path`/relics/${'a/b?'}/history/${3}`).toBe('/relics/a%2Fb%3F/history/3')
  })
})

describe('createClient', () => {
  it('asks in the language of the page and returns the body', async () => {
    document.documentElement.lang = 'en'
    const { calls, fetch } = serve(() => json({ items: [] }, { headers: { ETag: '"3-public-en"' } }))
    const answer = await createClient({ fetch }).send('GET', '/relics', { query: { limit: 2 } })
    expect(answer).toEqual({ data: { items: [] }, status: 200, etag: '"3-public-en"' })
    expect(calls[0]?.url).toBe('/api/v1/relics?limit=2')
    expect(calls[0]?.headers.get('Accept-Language')).toBe('en')
  })

  it('sends the CSRF token with unsafe methods only', async () => {
    const { calls, fetch } = serve(() => json({}))
    const client = createClient({ fetch, csrfToken: () => 'secret' })
    await client.get('/session')
    await client.post('/relics', { name: { zh: '鼎' } }, { ifMatch: '"2"', idempotencyKey: 'k' })
    expect(calls.map((c) => c.headers.get('X-CSRF-Token'))).toEqual([null, 'secret'])
    expect(calls[1]?.headers.get('If-Match')).toBe('"2"')
    expect(calls[1]?.headers.get('Idempotency-Key')).toBe('k')
    expect(calls[1]?.init.body).toBe('{"name":{"zh":"鼎"}}')
  })

  it('turns a problem document into an ApiError with its fields', async () => {
    const { fetch } = serve(() =>
      json(
        { title: '填写有误', status: 422, detail: '有一处要改。', code: 'heritage.invalid', requestId: 'r1', fields: [{ path: 'name.zh', code: 'text.required', message: '请填写名称。' }] },
        { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    )
    const err = await createClient({ fetch }).post('/relics', {}).catch((e: unknown) => e)
    expect(err).toBeInstanceOf(ApiError)
    const api = err as ApiError
    expect([api.status, api.code, api.message, api.requestId, api.field('name.zh')]).toEqual([422, 'heritage.invalid', '有一处要改。', 'r1', '请填写名称。'])
    expect(api.offline).toBe(false)
  })

  it('takes an address that can name nothing for one that names nothing', async () => {
    const refused = (paths: string[]) => {
      const { fetch } = serve(() => json({ title: '内容有误', status: 400, code: 'http.malformed', fields: paths.map((path) => ({ path, code: 'http.parameter', message: '参数不合要求。' })) }, { status: 400, headers: { 'Content-Type': 'application/problem+json' } }))
      return createClient({ fetch }).get('/areas/x').catch((e: unknown) => (e as ApiError).notFound)
    }
    expect(await refused(['path.id'])).toBe(true)
    expect(await refused(['path.id', 'query.view'])).toBe(false)
    expect(await refused([])).toBe(false)
  })

  it('keeps the status of a refusal that is no JSON', async () => {
    const { fetch } = serve(() => new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } }))
    await expect(createClient({ fetch }).get('/x')).rejects.toMatchObject({ status: 502, code: 'http.502', message: '' })
  })

  it('says offline when no answer came', async () => {
    const { fetch } = serve(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(createClient({ fetch }).get('/x')).rejects.toMatchObject({ status: 0, code: 'client.offline', offline: true })
  })

  it('says bad answer when a success is no JSON', async () => {
    const { fetch } = serve(() => new Response('hello'))
    await expect(createClient({ fetch }).get('/x')).rejects.toMatchObject({ code: 'client.badAnswer' })
  })

  it('tells staff pages that the session is gone', async () => {
    const onUnauthorized = vi.fn()
    const { fetch } = serve(() => json({ code: 'auth.noSession' }, { status: 401 }))
    await expect(createClient({ fetch, onUnauthorized }).get('/x')).rejects.toMatchObject({ status: 401 })
    expect(onUnauthorized).toHaveBeenCalledOnce()
  })

  const hang = (call: Call) =>
    new Promise<Response>((_ok, no) => call.init.signal?.addEventListener('abort', () => no(new DOMException('x', 'AbortError'))))

  it('throws AbortError when the page was left', async () => {
    const { fetch } = serve(hang)
    const leave = new AbortController()
    const pending = createClient({ fetch }).get('/x', {}, leave.signal)
    leave.abort()
    expect(isAbort(await pending.catch((e: unknown) => e))).toBe(true)
  })

  it('gives up after its timeout', async () => {
    vi.useFakeTimers()
    const { fetch } = serve(hang)
    const pending = createClient({ fetch }).send('GET', '/x', { timeoutMs: 1000 })
    const refused = expect(pending).rejects.toMatchObject({ code: 'client.timeout', offline: true })
    await vi.advanceTimersByTimeAsync(1000)
    await refused
    vi.useRealTimers()
  })
})
