import { ApiError, type Problem } from '@shared/api/error'
import { path } from '@shared/api/client'
import type { components } from '@shared/api/schema'
import { api, session } from '../session/session'

export type Asset = components['schemas']['AssetView']

/** One request carries at most this many bytes: what a broken line costs, and less than any door before the server refuses. */
const chunkBytes = 8 << 20
/** Above this a file is not read into memory for its checksum; the server's own is the only one then. */
const hashedBytes = 128 << 20

/** SHA-256 of a file in hexadecimal; '' where the browser offers none (a page without TLS) or the file is too large. */
async function digest(file: Blob): Promise<string> {
  if (file.size > hashedBytes || !globalThis.crypto?.subtle) return ''
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  return [...sum].map((b) => b.toString(16).padStart(2, '0')).join('')
}

/** What the server said of a refused request, as the other requests of the console tell it. */
export function refusalOf(status: number, body: string): ApiError {
  let problem: Problem = {}
  try {
    problem = JSON.parse(body) as Problem
  } catch {
    problem = {} // no words: the status still tells the kind
  }
  return new ApiError({ ...problem, status, code: problem.code ?? (status === 0 ? 'client.offline' : `http.${status}`) })
}

export interface UploadOptions {
  /** Told how much is sent, from 0 to 1. */
  progress: (share: number) => void
  signal?: AbortSignal
}

/**
 * Sends a picture, sound or film of an organisation by the tus protocol (1.0.0): in pieces, tried again where the line
 * broke, and resumed when the same file is chosen again, also after the page was left. Returns the asset; the same bytes
 * sent before give the one that is there. Rejects with an ApiError, or an AbortError when the signal says so.
 */
export async function uploadFile(org: string, file: File, { progress, signal }: UploadOptions): Promise<Asset> {
  const [{ Upload, DetailedError }, sha256] = await Promise.all([import('tus-js-client'), digest(file)])
  const id = await new Promise<string>((done, fail) => {
    const upload = new Upload(file, {
      endpoint: '/api/v1/uploads',
      metadata: { org, filename: file.name, ...(sha256 && { sha256 }) },
      chunkSize: chunkBytes,
      retryDelays: [0, 1000, 3000, 10_000],
      removeFingerprintOnSuccess: true,
      fingerprint: async () => ['yijianyou', org, file.name, file.size, file.lastModified].join('/'),
      onBeforeRequest: (request) => {
        request.setHeader('X-CSRF-Token', session.csrfToken)
        request.setHeader('Accept-Language', document.documentElement.lang)
      },
      onProgress: (sent, total) => progress(total > 0 ? sent / total : 0),
      onSuccess: ({ lastResponse }) => done(lastResponse.getHeader('Asset-Id') ?? ''),
      onError: (err) => {
        const response = err instanceof DetailedError ? err.originalResponse : null
        fail(refusalOf(response?.getStatus() ?? 0, response?.getBody() ?? ''))
      },
    })
    const stop = () => {
      void upload.abort(true)
      fail(new DOMException('the upload was stopped', 'AbortError'))
    }
    if (signal?.aborted) return stop()
    signal?.addEventListener('abort', stop, { once: true })
    void upload.findPreviousUploads().then(([before]) => {
      if (signal?.aborted) return
      if (before) upload.resumeFromPreviousUpload(before)
      upload.start()
    })
  })
  return api.get<Asset>(path`/media/${id}`)
}
