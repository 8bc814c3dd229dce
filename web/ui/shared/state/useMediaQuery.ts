import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Follows a media query. */
export function useMediaQuery(query: string): Readonly<Ref<boolean>> {
  const list = window.matchMedia(query)
  const matches = ref(list.matches)
  const follow = () => (matches.value = list.matches)
  list.addEventListener?.('change', follow)
  onScopeDispose(() => list.removeEventListener?.('change', follow))
  return readonly(matches)
}
