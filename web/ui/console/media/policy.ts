import { path } from '@shared/api/client'
import type { components } from '@shared/api/schema'
import { useRequest } from '@shared/state/useRequest'
import { api } from '../session/session'

export type PicturePolicy = components['schemas']['PicturePolicy']

/** What the public gets of the pictures of an organisation, with the grades and licences that may be named there. */
export function usePolicy(org: string) {
  const request = useRequest((signal) => api.get<PicturePolicy>(path`/media/policies/${org}`, undefined, signal), { keep: true })
  void request.run()
  return request
}
