import { watch } from 'vue'
import type { Kind } from '@shared/api/types'
import { useRequest } from '@shared/state/useRequest'
import { folderOf, useApi } from '../api'

/** Follows one record by the id in the address. */
export function useRecord<T>(kind: Kind, id: () => string) {
  const api = useApi()
  const request = useRequest<T, [string]>((signal, of) => api.get(`/${folderOf(kind)}/${encodeURIComponent(of)}`, undefined, signal))
  watch(id, (of) => void request.run(of), { immediate: true })
  return request
}
