import { inject, type ShallowRef, watch } from 'vue'
import { createClient } from '../api/client'
import { apiKey } from '../api/inject'
import type { Text } from '../api/types'
import { useRequest } from '../state/useRequest'

/** What is said beside a picture (GET /api/v1/media/{id}/attribution); each may be empty. */
export interface Attribution {
  holder: Text
  credit: Text
  /** Address of a licence or rights statement. */
  licence: string
}

/** Whether there is anything to say. */
export const says = (a: Attribution | undefined): a is Attribution => Boolean(a && (a.licence || [a.holder, a.credit].some((text) => text.zh || text.en)))

/**
 * Follows what is said of a picture, by the id of its asset as a viewer has it. Undefined until it is known, and when it
 * cannot be had: the picture is shown all the same. It is asked of the client that the app provides, else of one of its own.
 */
export function useAttribution(assetId: () => string, client = inject(apiKey, undefined) ?? createClient()): ShallowRef<Attribution | undefined> {
  const { data, reset, run } = useRequest((signal, id: string) => client.get<Attribution>(`/media/${encodeURIComponent(id)}/attribution`, {}, signal))
  watch(
    () => assetId().split('~')[0]!,
    (id) => {
      reset()
      void run(id)
    },
    { immediate: true },
  )
  return data
}
