import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Whether the browser believes that it has a network. A false "yes" is common: requests still end in `offline`. */
export function useOnline(): Readonly<Ref<boolean>> {
  const online = ref(navigator.onLine !== false)
  const follow = () => (online.value = navigator.onLine !== false)
  window.addEventListener('online', follow)
  window.addEventListener('offline', follow)
  onScopeDispose(() => {
    window.removeEventListener('online', follow)
    window.removeEventListener('offline', follow)
  })
  return readonly(online)
}
