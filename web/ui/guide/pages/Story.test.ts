import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPlayback } from '../player/playback'
import { fakeElement } from '../test/element'
import { show } from '../test/mount'

const story = (type: 'audio' | 'video') => ({
  id: '1', subject: { kind: 'spot', id: '2', name: { zh: '泉', en: 'The spring' } }, title: { zh: '泉的讲解', en: 'About the spring' }, text: { zh: '一', en: 'One' },
  media: [{
    assetId: '3', type, durationMs: 75_000, width: 0, height: 0, caption: { zh: '演示', en: 'Demo' }, content: '/api/v1/media/3/content',
    tracks: [
      { kind: 'captions', lang: 'zh', url: '/api/v1/media/3/tracks/captions/zh' },
      { kind: 'captions', lang: 'en', url: '/api/v1/media/3/tracks/captions/en' },
      { kind: 'transcript', lang: 'en', url: '/api/v1/media/3/tracks/transcript/en' },
    ],
  }],
})
const vtt = { en: 'WEBVTT\n\n00:00.000 --> 00:05.000\nWater\n\n00:05.000 --> 00:10.000\nand stone', zh: 'WEBVTT\n\n00:00.000 --> 00:05.000\n水' }

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('fetch', async (url: string) => new Response(url.endsWith('/zh') ? vtt.zh : vtt.en))
})
afterEach(() => vi.unstubAllGlobals())

async function opened(type: 'audio' | 'video') {
  const fake = fakeElement()
  const page = await show({ at: '/stories/1', lang: 'en', server: () => story(type), playback: createPlayback(fake.element) })
  await flushPromises()
  return { ...page, ...fake, at: (id: string) => page.wrapper.get(`[data-testid="${id}"]`) }
}

it('plays the sound of a story when asked, and its words follow and lead', async () => {
  const { wrapper, element, at } = await opened('audio')
  expect(element.getAttribute('src')).toBeNull()
  expect(at('player-toggle').attributes('aria-label')).toBe('Play')
  expect(at('player-progress').attributes()).toMatchObject({ 'aria-valuetext': '0:00 of 1:15', disabled: '' })
  await at('player-toggle').trigger('click')
  expect(at('player-toggle').attributes('aria-label')).toBe('Pause')
  const words = wrapper.findAll('[data-testid="transcript"] li button')
  expect(words.map((w) => [w.text(), w.attributes('aria-current')])).toEqual([['Water', 'true'], ['and stone', undefined]])
  await words[1]!.trigger('click')
  expect(element.currentTime).toBeCloseTo(5)
  expect([words[1]!.attributes('aria-current'), words[0]!.attributes('aria-current')]).toEqual(['true', undefined])
  expect([at('player-elapsed').text(), at('player-remaining').text()]).toEqual(['0:05', '−1:09'])
  await at('player-on').trigger('click')
  expect(at('player-progress').attributes('aria-valuetext')).toBe('0:20 of 1:15')
  await at('player-speed').setValue('1.5')
  expect([element.playbackRate, localStorage.getItem('yjy.speed')]).toEqual([1.5, '1.5'])
  expect(wrapper.get('figcaption a').attributes('href')).toBe('/api/v1/media/3/tracks/transcript/en')
  expect(wrapper.find('[data-testid="captions-on"]').exists()).toBe(false)
})

it('starts and pauses a film by a tap on its picture, but on the whole screen leaves taps to the browser', async () => {
  const { element, at } = await opened('video')
  expect(at('stage').find('.start').exists()).toBe(true)
  await at('stage').trigger('click')
  await flushPromises()
  expect([at('player-toggle').attributes('aria-label'), at('stage').find('.start').exists()]).toEqual(['Pause', false])
  Object.defineProperty(document, 'fullscreenElement', { value: element, configurable: true })
  await at('stage').trigger('click')
  expect(at('player-toggle').attributes('aria-label')).toBe('Pause')
  Reflect.deleteProperty(document, 'fullscreenElement')
  await at('stage').trigger('click')
  expect(at('player-toggle').attributes('aria-label')).toBe('Play')
})

it('shows a film with captions in the chosen language or none', async () => {
  const { wrapper, element, tracks, at } = await opened('video')
  await at('player-toggle').trigger('click')
  await flushPromises()
  expect(wrapper.get('.stage').element.contains(element)).toBe(true)
  expect(tracks.map((x) => x.mode)).toEqual(['disabled', 'showing'])
  await at('captions-lang').setValue('zh')
  await flushPromises()
  expect(tracks.map((x) => x.mode)).toEqual(['showing', 'disabled'])
  expect(wrapper.get('[data-testid="transcript"] ol').attributes('lang')).toBe('zh')
  await at('captions-on').setValue(false)
  await flushPromises()
  expect(tracks.map((x) => x.mode)).toEqual(['disabled', 'disabled'])
})
