import { inject, type InjectionKey, reactive, readonly } from 'vue'
import type { Story, StoryMedia, Text } from '@shared/api/types'
import { remember, remembered } from '@shared/state/storage'

export const speeds = [0.8, 1, 1.25, 1.5] as const

/** What can be played: a sound or film of a story. */
export interface Playable {
  storyId: string
  title: Text
  artist: Text
  picture?: string // asset of the story's first picture
  media: StoryMedia
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
export function createPlayback(element: HTMLVideoElement = document.createElement('video')) {
  const state = reactive<State>({ now: null, playing: false, failed: false, at: 0, length: 0, speed: rememberedSpeed() })
  let shell: HTMLElement | undefined
  element.preload = 'none'
  element.playsInline = true

  const on = (name: string, heard: () => void) => element.addEventListener(name, heard)
  for (const name of ['play', 'playing']) on(name, () => ((state.playing = true), (state.failed = false)))
  for (const name of ['pause', 'ended']) on(name, () => (state.playing = false))
  for (const name of ['timeupdate', 'seeked']) on(name, () => (state.at = element.currentTime))
  on('durationchange', () => Number.isFinite(element.duration) && element.duration > 0 && (state.length = element.duration))
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
    element.src = next.media.content
    element.defaultPlaybackRate = element.playbackRate = state.speed
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
      for (const track of element.textTracks) track.mode = track.language === lang ? 'showing' : 'disabled'
    },
    close(): void {
      element.pause()
      state.now = null
      state.playing = state.failed = false
      element.removeAttribute('src')
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
