import { watchEffect } from 'vue'
import type { Text } from '@shared/api/types'
import { squareUrl } from '@shared/api/iiif'
import type { Playback } from './playback'

const actions = ['play', 'pause', 'seekbackward', 'seekforward', 'seekto'] as const

/** Shows on a phone's lock screen what plays, with its controls (W3C Media Session). Nothing happens where the browser has none. */
export function announce(playback: Playback, say: (text: Text) => string): void {
  const session = navigator.mediaSession as MediaSession | undefined
  if (!session) return
  const { state } = playback
  const handlers: Record<(typeof actions)[number], MediaSessionActionHandler> = {
    play: () => void playback.resume(),
    pause: () => playback.pause(),
    seekbackward: (d) => playback.skip(-(d.seekOffset ?? 15)),
    seekforward: (d) => playback.skip(d.seekOffset ?? 15),
    seekto: (d) => d.seekTime !== undefined && playback.seek(d.seekTime),
  }
  const handle = (on: boolean) => {
    for (const action of actions) {
      try {
        session.setActionHandler(action, on ? handlers[action] : null)
      } catch {
        continue // an action that this browser does not know
      }
    }
  }
  watchEffect(() => {
    const now = state.now
    handle(now !== null)
    session.metadata = now && new MediaMetadata({
      title: say(now.title),
      artist: say(now.artist),
      artwork: now.picture ? [96, 256, 512].map((px) => ({ src: squareUrl(now.picture!, px), sizes: `${px}x${px}`, type: 'image/jpeg' })) : [],
    })
  })
  watchEffect(() => {
    session.playbackState = !state.now ? 'none' : state.playing ? 'playing' : 'paused'
    if (state.now && state.length > 0) session.setPositionState?.({ duration: state.length, playbackRate: state.speed, position: Math.min(state.at, state.length) })
    else session.setPositionState?.()
  })
}
