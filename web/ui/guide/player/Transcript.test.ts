import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { createLanguage } from '@shared/i18n'
import en from '../locales/en.json'
import zh from '../locales/zh.json'
import Transcript from './Transcript.vue'

afterEach(() => vi.unstubAllGlobals())

it.each([
  [false, 'smooth'],
  [true, 'auto'],
])('follows what is said until told not to; reduced motion %s scrolls %s', async (calm, behavior) => {
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: calm && query === '(prefers-reduced-motion: reduce)' }))
  const cues = [{ from: 0, to: 1, text: 'a' }, { from: 1, to: 2, text: 'b' }]
  const wrapper = mount(Transcript, { props: { cues, current: -1, lang: 'zh' }, global: { plugins: [createLanguage({ 'zh-CN': zh, en }, 'en')] } })
  const scrollTo = vi.fn()
  Object.defineProperty(wrapper.get('ol').element, 'scrollTo', { value: scrollTo })
  await wrapper.setProps({ current: 1 })
  await flushPromises()
  expect(scrollTo).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ behavior }))
  await wrapper.get('[data-testid="follow"]').setValue(false)
  await wrapper.setProps({ current: 0 })
  await flushPromises()
  expect(scrollTo).toHaveBeenCalledOnce()
})
