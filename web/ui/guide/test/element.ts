import { vi } from 'vitest'

/** A media element whose playing a test drives: nothing sounds, nothing is fetched. */
export function fakeElement() {
  const element = document.createElement('video')
  const tracks = [{ language: 'zh', mode: 'disabled' }, { language: 'en', mode: 'disabled' }]
  let at = 0
  const tell = (name: string) => element.dispatchEvent(new Event(name))
  Object.defineProperties(element, {
    currentTime: { get: () => at, set: (to: number) => ((at = to), tell('seeked')) },
    textTracks: { value: tracks },
    play: { value: vi.fn(async () => void tell('play')) },
    pause: { value: vi.fn(() => void tell('pause')) },
    load: { value: vi.fn() },
  })
  return { element, tracks, tell }
}
