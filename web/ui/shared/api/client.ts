import { ApiError, type ClientCode, isAbort, type Problem } from './error'

/** A value of the query string; undefined, null and '' are left out, a list repeats the name. */
export type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[]
export type Query = Record<string, QueryValue>

export interface SendOptions {
  query?: Query
  /** Sent as JSON, or as it is when it is a FormData or Blob. */
  body?: unknown
  signal?: AbortSignal
  /** The revision that an edit is based on; sent as If-Match. */
  ifMatch?: string
  /** The entity tag of what one has already; the answer is then without data and its status 304 when there is nothing newer. */
  ifNoneMatch?: string
  /** Makes a POST repeatable for 24 hours. */
  idempotencyKey?: string
  /** Milliseconds until the request is given up; 15 000 when left out, 0 never. */
  timeoutMs?: number
}

export interface Answer<T> {
  data: T
  status: number
  etag: string
}

export interface ClientOptions {
  /** Prefix of every path; '/api/v1' when left out. */
  base?: string
  /** The language to answer in; the page's own when left out. */
  lang?: () => string
  /** The session's token, sent with every unsafe method. Staff only. */
  csrfToken?: () => string | undefined
  /** Called when the server says that there is no session (401), before the error is thrown. */
  onUnauthorized?: () => void
  /** fetch, replaced in tests. */
  fetch?: typeof fetch
}

export interface Client {
  send<T>(method: string, path: string, options?: SendOptions): Promise<Answer<T>>
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>
  post<T>(path: string, body?: unknown, options?: SendOptions): Promise<T>
  put<T>(path: string, body?: unknown, options?: SendOptions): Promise<T>
  patch<T>(path: string, body?: unknown, options?: SendOptions): Promise<T>
  delete<T>(path: string, options?: SendOptions): Promise<T>
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Writes a query string in the order of its names, so that equal queries have equal addresses and caches hit. */
export function queryString(query: Query | undefined): string {
  const params = new URLSearchParams()
  for (const name of Object.keys(query ?? {}).sort()) {
    const value = query![name]
    const list = Array.isArray(value) ? value : [value]
    for (const item of list) {
      if (item !== undefined && item !== null && item !== '') params.append(name, String(item))
    }
  }
  const text = params.toString()
  return text ? `?${text}` : ''
}

function clientError(code: ClientCode, cause: unknown): ApiError {
  return new ApiError({ status: 0, code }, { cause })
}

async function refusal(response: Response): Promise<ApiError> {
  let problem: Problem = {}
  if (response.headers.get('Content-Type')?.includes('json')) {
    try {
      problem = (await response.json()) as Problem
    } catch {
      problem = {} // a cut-off body: the status still tells the kind
    }
  }
  return new ApiError({ ...problem, status: response.status, code: problem.code ?? `http.${response.status}` })
}

/** The only way by which the pages speak with the server. */
export function createClient(options: ClientOptions = {}): Client {
  const base = options.base ?? '/api/v1'
  const lang = options.lang ?? (() => document.documentElement.lang || 'zh-CN')
  const doFetch: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init))

  async function send<T>(method: string, path: string, o: SendOptions = {}): Promise<Answer<T>> {
    const headers = new Headers({ Accept: 'application/json', 'Accept-Language': lang() })
    const init: RequestInit = { method, headers, credentials: 'same-origin' }
    if (o.body instanceof FormData || o.body instanceof Blob) {
      init.body = o.body
    } else if (o.body !== undefined) {
      headers.set('Content-Type', 'application/json')
      init.body = JSON.stringify(o.body)
    }
    if (o.ifMatch) headers.set('If-Match', o.ifMatch)
    if (o.ifNoneMatch) headers.set('If-None-Match', o.ifNoneMatch)
    if (o.idempotencyKey) headers.set('Idempotency-Key', o.idempotencyKey)
    const csrf = safeMethods.has(method) ? undefined : options.csrfToken?.()
    if (csrf) headers.set('X-CSRF-Token', csrf)

    const timeoutMs = o.timeoutMs ?? 15_000
    const timer = new AbortController()
    const timeout = timeoutMs > 0 ? setTimeout(() => timer.abort(), timeoutMs) : undefined
    const leave = () => timer.abort()
    if (o.signal?.aborted) timer.abort()
    o.signal?.addEventListener('abort', leave)
    init.signal = timer.signal

    try {
      const response = await doFetch(base + path + queryString(o.query), init)
      const etag = response.headers.get('ETag') ?? ''
      if (response.status === 304) return { data: undefined as T, status: 304, etag }
      if (!response.ok) {
        if (response.status === 401) options.onUnauthorized?.()
        throw await refusal(response)
      }
      if (response.status === 204 || response.status === 205) return { data: undefined as T, status: response.status, etag }
      try {
        return { data: (await response.json()) as T, status: response.status, etag }
      } catch (err) {
        if (isAbort(err)) throw err
        throw clientError('client.badAnswer', err)
      }
    } catch (err) {
      if (err instanceof ApiError) throw err
      if (o.signal?.aborted) throw new DOMException('the page was left', 'AbortError')
      if (timer.signal.aborted) throw clientError('client.timeout', err)
      throw clientError('client.offline', err)
    } finally {
      clearTimeout(timeout)
      o.signal?.removeEventListener('abort', leave)
    }
  }

  return {
    send,
    get: async <T>(path: string, query?: Query, signal?: AbortSignal) =>
      (await send<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) })).data,
    post: async <T>(path: string, body?: unknown, o?: SendOptions) => (await send<T>('POST', path, { ...o, body })).data,
    put: async <T>(path: string, body?: unknown, o?: SendOptions) => (await send<T>('PUT', path, { ...o, body })).data,
    patch: async <T>(path: string, body?: unknown, o?: SendOptions) => (await send<T>('PATCH', path, { ...o, body })).data,
    delete: async <T>(path: string, o?: SendOptions) => (await send<T>('DELETE', path, o)).data,
  }
}

/** A path with its parts escaped: path`/relics/${id}`. */
export function path(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return parts.reduce((text, part, i) => text + encodeURIComponent(String(values[i - 1])) + part)
}
