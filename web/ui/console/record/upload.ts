import { ApiError, type Problem } from '@shared/api/error'
import type { components } from '@shared/api/schema'
import { session } from '../session/session'

export type Asset = components['schemas']['AssetView']

/** Uploads a picture; XMLHttpRequest because fetch cannot tell how much is sent. */
export function uploadPicture(org: string, file: File, progress: (share: number) => void): Promise<Asset> {
  return new Promise((done, fail) => {
    const form = new FormData()
    form.append('org', org) // before the file: the server reads in this order
    form.append('file', file)
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v1/media')
    request.setRequestHeader('X-CSRF-Token', session.csrfToken)
    request.setRequestHeader('Accept-Language', document.documentElement.lang)
    request.responseType = 'json'
    request.upload.addEventListener('progress', (e) => e.lengthComputable && progress(e.loaded / e.total))
    request.addEventListener('load', () => {
      if (request.status < 300) return done(request.response as Asset)
      const problem = (request.response ?? {}) as Problem
      fail(new ApiError({ ...problem, status: request.status, code: problem.code ?? `http.${request.status}` }))
    })
    request.addEventListener('error', () => fail(new ApiError({ status: 0, code: 'client.offline' })))
    request.send(form)
  })
}
