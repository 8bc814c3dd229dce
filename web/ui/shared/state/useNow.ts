import { onScopeDispose, ref, type Ref } from 'vue'

/** The time in milliseconds, looked at again every so many while the component lives. */
export function useNow(everyMs: number): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const clock = setInterval(() => (now.value = Date.now()), everyMs)
  onScopeDispose(() => clearInterval(clock))
  return now
}
