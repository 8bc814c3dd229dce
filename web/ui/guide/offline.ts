/**
 * Lets the shell open without a network where the browser can: nothing depends on it. An in-app browser without service
 * workers, a private window or a refused registration all leave a guide that works while there is a network. A new version
 * takes over when the last page of the old one is closed, never under the reader's eyes.
 */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // Well after the first screen, so that filling the cache never competes with what the reader waits for.
  window.addEventListener('load', () => {
    setTimeout(() => {
      navigator.serviceWorker.register('/sw.js', { scope: '/' }).catch((err: unknown) => {
        console.info('guide: no service worker here', err)
      })
    }, 4000)
  })
}
