import { shallowRef, type ShallowRef } from 'vue'
import { createClient } from '../api/client'
import type { Settings } from '../api/types'

let shared: ShallowRef<Settings | undefined> | undefined

/** What the operator shows below every public page, asked for once. Undefined until it has come, or when it cannot be had. */
export function useSettings(client = createClient()): Readonly<ShallowRef<Settings | undefined>> {
  if (shared) return shared
  const settings = (shared = shallowRef<Settings>())
  client
    .get<Settings>('/settings')
    .then((answer) => (settings.value = answer))
    .catch(() => (shared = undefined)) // the next page that shows a footer asks again
  return settings
}
