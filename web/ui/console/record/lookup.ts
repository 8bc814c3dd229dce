import { onScopeDispose, type Ref, shallowRef } from 'vue'
import { isAbort } from '@shared/api/error'

/**
 * What is found for what is typed: the newest question only, an older one is not waited for. What fails finds nothing. It
 * must be called in the set-up of a component.
 */
export function useLookup<T>(ask: (typed: string, signal: AbortSignal) => Promise<T[]>): { found: Ref<T[]>; busy: Ref<boolean>; look: (typed: string) => Promise<void> } {
  const found = shallowRef<T[]>([])
  const busy = shallowRef(false)
  let current: AbortController | undefined
  onScopeDispose(() => current?.abort())
  async function look(typed: string): Promise<void> {
    current?.abort()
    const mine = (current = new AbortController())
    busy.value = true
    try {
      found.value = await ask(typed, mine.signal)
    } catch (err) {
      if (!isAbort(err)) found.value = []
    } finally {
      if (mine === current) busy.value = false
    }
  }
  return { found, busy, look }
}
