import { inject, type InjectionKey, reactive, readonly } from 'vue'
import { fitUrl } from '@shared/api/iiif'
import type { Story, StoryMedia, Text } from '@shared/api/types'
import { remember, remembered } from '@shared/state/storage'

/** The longer side, in pixels, of the picture that stands for a film until its first frame is there. */
export const posterSide = 640

export const speeds = [0.8, 1, 1.25, 1.5] as const

/** What can be played: a sound or film of a story. */
export interface Playable {
  storyId: string
  title: Text
  artist: Text
  picture?: string // asset of the story's first picture
  media: StoryMedia
}

/** What an iPhone has in place of the Fullscreen API of elements: its own player, once the film is known. */
interface PhoneVideo {
  webkitSupportsFullscreen?: boolean
  webkitEnterFullscreen?(): void
}

interface State {
  now: Playable | null
  playing: boolean
  failed: boolean
  at: number // seconds
  length: number // seconds
  speed: number
}

export const playableOf = (story: Story, media: StoryMedia): Playable => ({
  storyId: story.id,
  title: story.title,
  artist: story.subject.name,
  picture: story.images?.[0]?.assetId,
  media,
})

function rememberedSpeed(): number {
  const speed = Number(remembered('speed'))
  return speeds.some((s) => s === speed) ? speed : 1
}

/**
 * The one thing that plays in the guide. Its element outlives the pages: a story shows its film by taking the element in
 * (show), and gives it back to the shell (hide) in the same turn, which by the HTML standard does not interrupt playing.
 */
export function createPlayback(element: HTMLVideoElement & PhoneVideo = document.createElement('video')) {
  const state = reactive<State>({ now: null, playing: false, failed: false, at: 0, length: 0, speed: rememberedSpeed() })
  let shell: HTMLElement | undefined
  let captions = '' // language of those that are shown over the film
  element.preload = 'none'
  element.setAttribute('playsinline', '')

  const on = (name: string, heard: () => void) => element.addEventListener(name, heard)
  for (const name of ['play', 'playing']) on(name, () => ((state.playing = true), (state.failed = false)))
  for (const name of ['pause', 'ended']) on(name, () => (state.playing = false))
  for (const name of ['timeupdate', 'seeked']) on(name, () => (state.at = element.currentTime))
  on('durationchange', () => Number.isFinite(element.duration) && element.duration > 0 && (state.length = element.duration))
  // A browser turns on captions by its own liking while it takes up a film; the visitor's choice comes after that.
  for (const name of ['loadstart', 'loadedmetadata']) on(name, showCaptions)
  on('fullscreenchange', () => (element.controls = document.fullscreenElement === element))
  on('error', () => state.now && ((state.failed = true), (state.playing = false)))

  function load(next: Playable): void {
    state.now = next
    state.failed = false
    state.at = 0
    state.length = next.media.durationMs / 1000
    element.replaceChildren(...next.media.tracks.filter((x) => x.kind === 'captions' && next.media.type === 'video').map((x) => {
      const track = document.createElement('track')
      track.kind = 'captions'
      track.srclang = x.lang
      track.src = x.url
      return track
    }))
    if (next.media.type === 'video' && next.picture) element.setAttribute('poster', fitUrl(next.picture, posterSide))
    else element.removeAttribute('poster')
    element.src = next.media.content
    element.defaultPlaybackRate = element.playbackRate = state.speed
  }

  function showCaptions(): void {
    for (const track of element.textTracks) track.mode = track.language === captions ? 'showing' : 'disabled'
  }

  const playback = {
    state: readonly(state) as Readonly<State>,
    /** Whether this asset is the one that plays or is paused. */
    holds: (assetId: string) => state.now?.media.assetId === assetId,
    /** Plays it, from where it was paused if it is the one at hand. It must be called by a tap. */
    play(next: Playable): Promise<void> {
      if (!playback.holds(next.media.assetId)) load(next)
      return playback.resume()
    },
    async resume(): Promise<void> {
      try {
        await element.play()
      } catch (err) {
        if ((err as Error).name !== 'AbortError') state.failed = true // a pause or another source came first
      }
    },
    pause: () => element.pause(),
    /** Goes to a moment in seconds, held within what there is. */
    seek(to: number): void {
      state.at = element.currentTime = Math.min(Math.max(0, to), state.length)
    },
    skip: (by: number) => playback.seek(state.at + by),
    setSpeed(speed: number): void {
      state.speed = element.defaultPlaybackRate = element.playbackRate = speed
      remember('speed', String(speed))
    },
    /** Shows the captions of one language over the film, none for ''. */
    setCaptions(lang: string): void {
      captions = lang
      showCaptions()
    },
    /** Whether a film can fill the screen here. */
    fills: () => document.fullscreenEnabled === true || element.webkitEnterFullscreen !== undefined,
    /** Fills the screen with the film; there the controls are those of the browser. It must be called by a tap. */
    async fill(): Promise<void> {
      if (document.fullscreenEnabled === true) await element.requestFullscreen()
      else if (element.webkitSupportsFullscreen) element.webkitEnterFullscreen?.()
    },
    close(): void {
      element.pause()
      state.now = null
      state.playing = state.failed = false
      element.removeAttribute('src')
      element.removeAttribute('poster')
      element.load()
    },
    /** The place of the element while no page shows it. */
    house(host: HTMLElement): void {
      shell = host
      host.append(element)
    },
    show: (host: HTMLElement) => host.append(element),
    /** Gives the element back to the shell, if host is who shows it. */
    hide(host: HTMLElement): void {
      if (element.parentElement === host) shell?.append(element)
    },
  }
  return playback
}

export type Playback = ReturnType<typeof createPlayback>
export const playbackKey: InjectionKey<Playback> = Symbol('playback')

export function usePlayback(): Playback {
  const playback = inject(playbackKey, undefined)
  if (!playback) throw new Error('guide: no playback is provided')
  return playback
}
