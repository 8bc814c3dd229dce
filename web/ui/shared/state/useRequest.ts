import { computed, type ComputedRef, onScopeDispose, ref, type Ref, shallowRef, type ShallowRef } from 'vue'
import { ApiError, isAbort } from '../api/error'

/** What a screen knows of its data. Every screen shows each of the six. */
export type RequestState = 'idle' | 'loading' | 'ready' | 'empty' | 'error' | 'offline'

export interface Request<T, A extends unknown[]> {
  state: Ref<RequestState>
  /** The last good answer; kept while a newer one is under way, so that a list does not blink. */
  data: ShallowRef<T | undefined>
  error: ShallowRef<ApiError | undefined>
  /** True while a request is under way, also when older data is still shown. */
  busy: ComputedRef<boolean>
  /** Starts a request; one that is still under way is abandoned. Never rejects. */
  run: (...args: A) => Promise<void>
  /** Repeats the last run. */
  retry: () => Promise<void>
  /** Forgets everything: idle again. */
  reset: () => void
}

export interface RequestOptions<T> {
  /** Whether an answer holds nothing to show. */
  empty?: (data: T) => boolean
  /** Keep showing the old answer while the next one is loading. */
  keep?: boolean
}

/**
 * Follows one request through its states. The signal given to `load` is aborted when the component goes away or the
 * next run starts; an abandoned answer never overwrites a later one.
 */
export function useRequest<T, A extends unknown[] = []>(
  load: (signal: AbortSignal, ...args: A) => Promise<T>,
  options: RequestOptions<T> = {},
): Request<T, A> {
  const state = ref<RequestState>('idle')
  const data = shallowRef<T>()
  const error = shallowRef<ApiError>()
  const running = ref(false)
  let current: AbortController | undefined
  let last: A | undefined

  async function run(...args: A): Promise<void> {
    current?.abort()
    const mine = (current = new AbortController())
    last = args
    running.value = true
    error.value = undefined
    if (!options.keep || data.value === undefined) state.value = 'loading'
    try {
      const answer = await load(mine.signal, ...args)
      if (mine !== current) return
      data.value = answer
      state.value = options.empty?.(answer) ? 'empty' : 'ready'
    } catch (err) {
      if (mine !== current || isAbort(err)) return
      error.value = err instanceof ApiError ? err : new ApiError({ status: 0, code: 'client.badAnswer' }, { cause: err })
      state.value = error.value.offline ? 'offline' : 'error'
      if (!(err instanceof ApiError)) console.error(err)
    } finally {
      if (mine === current) running.value = false
    }
  }

  function reset(): void {
    current?.abort()
    current = undefined
    data.value = undefined
    error.value = undefined
    running.value = false
    state.value = 'idle'
  }

  onScopeDispose(() => {
    current?.abort()
    current = undefined
  })

  return { state, data, error, busy: computed(() => running.value), run, retry: () => (last ? run(...last) : Promise.resolve()), reset }
}
