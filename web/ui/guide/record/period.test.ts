import { expect, it } from 'vitest'
import { periodFact } from './period'

const period = (text: { zh?: string; en?: string }, from: number | null, to: number | null, printed: { zh?: string; en?: string } = {}) =>
  ({ text, fromYear: from, toYear: to, approximate: false, printed, eras: [] }) as unknown as Parameters<typeof periodFact>[0]

it('shows the words with their years', () => {
  expect(periodFact(period({ zh: '唐', en: 'Tang' }, 618, 907, { zh: '唐（618—907年）', en: 'Tang (618–907)' }), 'zh-CN')).toEqual({ text: '唐', note: '公元618—907年' })
})

it('says what was read where the language has no words', () => {
  const p = period({ zh: '明嘉靖四十四年' }, 1565, 1565, { zh: '明嘉靖四十四年（1565年）', en: 'Ming Jiajing 44 (1565)' })
  expect(periodFact(p, 'en')).toEqual({ text: 'Ming Jiajing 44 (1565)' })
})

it('says what year a year told in another way is', () => {
  const p = period({ zh: '清乾隆庚子' }, 1780, 1780, { zh: '清乾隆四十五年（1780年）', en: 'Qing Qianlong 45 (1780)' })
  expect(periodFact(p, 'zh-CN')).toEqual({ text: '清乾隆庚子', note: '清乾隆四十五年（1780年）' })
})

it('falls back to the Chinese words with the years that somebody gave, and to the years alone', () => {
  expect(periodFact(period({ zh: '战国' }, -400, -300), 'en')).toEqual({ text: '战国', note: '400–300 BCE' })
  expect(periodFact(period({}, 1911, null), 'en')).toEqual({ text: '1911 or later' })
  expect(periodFact(undefined, 'zh-CN')).toEqual({ text: '' })
})
