import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import type { StoryMedia } from '@shared/api/types'
import { fakeElement } from '../test/element'
import { formatPlayTime } from '@shared/format'
import { createPlayback, type Playable } from './playback'
import { announce } from './session'

const media = (assetId: string, type: 'audio' | 'video' = 'audio'): StoryMedia => ({
  assetId, type, durationMs: 60_000, width: 0, height: 0, caption: {}, content: `/api/v1/media/${assetId}/content`,
  tracks: [{ kind: 'captions', lang: 'zh', url: '/zh.vtt' }, { kind: 'transcript', lang: 'zh', url: '/zh.txt' }],
})
const of = (assetId: string, type?: 'audio' | 'video'): Playable => ({ storyId: '1', title: { zh: '泉' }, artist: { zh: '示范景区' }, picture: 'p1', media: media(assetId, type) })

beforeEach(() => localStorage.clear())

it('fetches nothing before it is played, and then plays on from where it was paused', async () => {
  const { element } = fakeElement()
  const playback = createPlayback(element)
  expect([element.preload, element.getAttribute('src'), element.autoplay]).toEqual(['none', null, false])
  await playback.play(of('a'))
  expect([element.getAttribute('src'), playback.state.playing, playback.state.length]).toEqual(['/api/v1/media/a/content', true, 60])
  playback.seek(20)
  playback.pause()
  await playback.play(of('a'))
  expect([playback.state.at, playback.state.playing]).toEqual([20, true])
})

it('skips within what there is', async () => {
  const playback = createPlayback(fakeElement().element)
  await playback.play(of('a'))
  playback.skip(-15)
  expect(playback.state.at).toBe(0)
  playback.seek(50)
  playback.skip(15)
  expect(playback.state.at).toBe(60)
})

it('remembers the speed and keeps it for what is played next', async () => {
  createPlayback(fakeElement().element).setSpeed(1.25)
  const { element } = fakeElement()
  await createPlayback(element).play(of('b'))
  expect([element.playbackRate, element.defaultPlaybackRate]).toEqual([1.25, 1.25])
  localStorage.setItem('yjy.speed', '9')
  expect(createPlayback(fakeElement().element).state.speed).toBe(1)
})

it('says that it failed, but not when a pause came first', async () => {
  const { element } = fakeElement()
  const playback = createPlayback(element)
  vi.mocked(element.play).mockRejectedValueOnce(new DOMException('', 'AbortError'))
  await playback.play(of('a'))
  expect(playback.state.failed).toBe(false)
  vi.mocked(element.play).mockRejectedValueOnce(new DOMException('', 'NotSupportedError'))
  await playback.resume()
  expect(playback.state.failed).toBe(true)
})

it('lends the element to a page and takes it back from that page alone', async () => {
  const { element, tracks } = fakeElement()
  const playback = createPlayback(element)
  const [shell, first, second] = ['div', 'div', 'div'].map((name) => document.createElement(name)) as [HTMLElement, HTMLElement, HTMLElement]
  playback.house(shell)
  await playback.play(of('v', 'video'))
  expect([...element.querySelectorAll('track')].map((x) => x.srclang)).toEqual(['zh'])
  playback.show(first)
  playback.setCaptions('zh')
  expect(tracks.map((x) => x.mode)).toEqual(['showing', 'disabled'])
  playback.hide(second)
  expect(element.parentElement).toBe(first)
  playback.hide(first)
  expect(element.parentElement).toBe(shell)
  playback.close()
  expect([playback.state.now, element.getAttribute('src')]).toEqual([null, null])
})

it('keeps the choice of captions when the browser turns on others while it takes up a film', async () => {
  const { element, tracks, tell } = fakeElement()
  const playback = createPlayback(element)
  await playback.play(of('v', 'video'))
  playback.setCaptions('zh')
  tracks[1]!.mode = 'showing'
  tell('loadstart')
  expect(tracks.map((x) => x.mode)).toEqual(['showing', 'disabled'])
})

it('plays within the page on a phone, with the picture of the story until the film is there', async () => {
  const { element } = fakeElement()
  const playback = createPlayback(element)
  await playback.play(of('v', 'video'))
  expect([element.hasAttribute('playsinline'), element.autoplay, element.getAttribute('poster')]).toEqual([true, false, '/iiif/image/3/p1/full/!640,640/0/default.jpg'])
  await playback.play(of('a', 'audio'))
  expect(element.hasAttribute('poster')).toBe(false)
})

describe('filling the screen', () => {
  const enable = (on: boolean) => Object.defineProperty(document, 'fullscreenEnabled', { value: on, configurable: true })
  afterEach(() => ['fullscreenEnabled', 'fullscreenElement'].forEach((name) => Reflect.deleteProperty(document, name)))

  it('is done by the element where it may, with the controls of the browser while it lasts', async () => {
    enable(true)
    const { element, tell } = fakeElement()
    element.requestFullscreen = vi.fn(async () => {})
    const phone = Object.assign(element, { webkitSupportsFullscreen: true, webkitEnterFullscreen: vi.fn() })
    const playback = createPlayback(phone)
    await playback.fill()
    expect([playback.fills(), vi.mocked(element.requestFullscreen).mock.calls.length, phone.webkitEnterFullscreen.mock.calls.length]).toEqual([true, 1, 0])
    Object.defineProperty(document, 'fullscreenElement', { value: element, configurable: true })
    tell('fullscreenchange')
    expect(element.controls).toBe(true)
    Object.defineProperty(document, 'fullscreenElement', { value: null, configurable: true })
    tell('fullscreenchange')
    expect(element.controls).toBe(false)
  })

  it('is done by the player of an iPhone, once the film is known', async () => {
    enable(false)
    const phone = Object.assign(fakeElement().element, { webkitSupportsFullscreen: false, webkitEnterFullscreen: vi.fn() })
    const playback = createPlayback(phone)
    await playback.fill()
    expect([playback.fills(), phone.webkitEnterFullscreen.mock.calls.length]).toEqual([true, 0])
    phone.webkitSupportsFullscreen = true
    await playback.fill()
    expect(phone.webkitEnterFullscreen).toHaveBeenCalledExactlyOnceWith()
  })

  it('is not offered where neither is possible', () => {
    enable(false)
    expect(createPlayback(fakeElement().element).fills()).toBe(false)
  })
})

it('tells the lock screen what plays and obeys it', async () => {
  const handlers = new Map<string, ((d: object) => void) | null>()
  const setPositionState = vi.fn()
  const session = { metadata: null as unknown, playbackState: '', setPositionState, setActionHandler: (name: string, f: (d: object) => void) => {
    handlers.set(name, f)
  } }
  vi.stubGlobal('MediaMetadata', class { constructor(of: object) { Object.assign(this, of) } })
  Object.defineProperty(navigator, 'mediaSession', { value: session, configurable: true })
  const playback = createPlayback(fakeElement().element)
  const scope = effectScope()
  scope.run(() => announce(playback, (text) => text.zh ?? ''))
  expect([session.metadata, session.playbackState]).toEqual([null, 'none'])
  await playback.play(of('a'))
  await vi.waitFor(() => expect(session.metadata).toMatchObject({ title: '泉', artist: '示范景区' }))
  expect((session.metadata as { artwork: { sizes: string }[] }).artwork.map((x) => x.sizes)).toEqual(['96x96', '256x256', '512x512'])
  expect(session.playbackState).toBe('playing')
  handlers.get('seekto')!({ seekTime: 30 })
  handlers.get('seekbackward')!({})
  handlers.get('seekforward')!({ seekOffset: 5 })
  await vi.waitFor(() => expect(setPositionState).toHaveBeenLastCalledWith({ duration: 60, playbackRate: 1, position: 20 }))
  handlers.get('pause')!({})
  await vi.waitFor(() => expect(session.playbackState).toBe('paused'))
  playback.close()
  await vi.waitFor(() => expect([session.metadata, handlers.get('play')]).toEqual([null, null]))
  scope.stop()
  Reflect.deleteProperty(navigator, 'mediaSession')
  expect(() => announce(playback, () => '')).not.toThrow()
})

it.each([[0, '0:00'], [65.9, '1:05'], [3661, '1:01:01'], [-1, '0:00']])('writes %d seconds as %s', (s, text) => expect(formatPlayTime(s)).toBe(text))
