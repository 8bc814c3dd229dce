/** One refused field of a request, as the server names it. */
export interface FieldError {
  path: string
  code: string
  message: string
}

/** The body of an application/problem+json answer (RFC 9457). */
export interface Problem {
  type?: string
  title?: string
  status?: number
  detail?: string
  code?: string
  requestId?: string
  fields?: FieldError[]
}

/** Codes that the client itself gives when there was no answer to read one from. */
export type ClientCode = 'client.offline' | 'client.timeout' | 'client.badAnswer'

/**
 * The one error that the API client throws, besides the AbortError of a request that nobody waits for any more.
 * `status` is 0 when no answer came. `message` is the server's sentence in the reader's language, or empty: the screen
 * then says it in its own words by `code`.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly requestId: string
  readonly fields: readonly FieldError[]

  constructor(problem: Problem & { status: number; code: string }, options?: { cause?: unknown }) {
    super(problem.detail || problem.title || '', options)
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title ?? ''
    this.requestId = problem.requestId ?? ''
    this.fields = problem.fields ?? []
  }

  /** No answer came: no network, or the server is not there. */
  get offline(): boolean {
    return this.code === 'client.offline' || this.code === 'client.timeout'
  }

  /** There is no such thing, or no longer, or what the address names cannot be one: a link that was cut short. */
  get notFound(): boolean {
    return this.status === 404 || this.status === 410 || (this.status === 400 && this.fields.length > 0 && this.fields.every((f) => f.path.startsWith('path.')))
  }

  /** The message for one field, by its path in the request body, for example `name.zh`. */
  field(path: string): string | undefined {
    return this.fields.find((f) => f.path === path)?.message
  }
}

export function isAbort(err: unknown): boolean {
  return err instanceof DOMException && err.name === 'AbortError'
}
