import { expect, it, vi } from 'vitest'
import { show } from '../test/mount'

const story = {
  id: '1', subject: { kind: 'spot', id: '2', name: { zh: '泉', en: 'The spring' } }, title: { zh: '泉的讲解', en: 'About the spring' }, text: { zh: '一', en: 'One' },
  media: [{
    assetId: '3', type: 'audio', durationMs: 1500, width: 0, height: 0, caption: { zh: '演示', en: 'Demo' }, content: '/api/v1/media/3/content',
    tracks: [
      { kind: 'captions', lang: 'zh', url: '/api/v1/media/3/tracks/captions/zh' },
      { kind: 'captions', lang: 'en', url: '/api/v1/media/3/tracks/captions/en' },
      { kind: 'transcript', lang: 'en', url: '/api/v1/media/3/tracks/transcript/en' },
    ],
  }],
}

it('plays the sound of a story when asked, with captions, and tells the lock screen what it is', async () => {
  const setActionHandler = vi.fn()
  const session = { metadata: null as unknown, setActionHandler }
  vi.stubGlobal('MediaMetadata', class { constructor(readonly of: object) {} })
  Object.defineProperty(navigator, 'mediaSession', { value: session, configurable: true })
  const { wrapper } = await show({ at: '/stories/1', lang: 'en', server: () => story })
  const player = wrapper.get('audio')
  expect(player.attributes()).toMatchObject({ src: '/api/v1/media/3/content', preload: 'none', 'aria-label': 'Demo' })
  expect(player.attributes('autoplay')).toBeUndefined()
  expect(wrapper.findAll('track').map((x) => [x.attributes('srclang'), x.attributes('default') !== undefined])).toEqual([['zh', false], ['en', true]])
  expect(wrapper.get('figcaption a').attributes('href')).toBe('/api/v1/media/3/tracks/transcript/en')
  await player.trigger('play')
  expect(session.metadata).toMatchObject({ of: { title: 'About the spring', artist: 'The spring' } })
  expect(setActionHandler.mock.calls.map(([name]) => name)).toEqual(['play', 'pause', 'seekbackward', 'seekforward'])
})
