import { describe, expect, it } from 'vitest'
import type { Hit } from '../api'
import { cityOf, facts } from './facts'

const hit = (show: Record<string, string>): Hit => ({ kind: 'relic', id: '1', title: { zh: '鼎' }, show })

describe('facts', () => {
  it.each([
    ['in Chinese', 'zh-CN', '商代晚期'],
    ['in English', 'en', 'late Shang'],
  ] as const)('reads a text %s', (_rule, lang, want) => {
    expect(facts(hit({ periodZh: '商代晚期', periodEn: 'late Shang' }), lang).period).toBe(want)
  })
  it('falls back to the language there is', () => {
    expect(facts(hit({ holderZh: '河南博物院' }), 'en').holder).toBe('河南博物院')
    expect(facts(hit({ area: '龙门石窟', areaEn: 'Longmen' }), 'en').holder).toBe('Longmen')
  })
  it('a mark that is not there is no mark', () => {
    expect(facts(hit({ simulated: 'true' }), 'en')).toMatchObject({ simulated: true, unverified: false, period: '' })
  })
})

it.each([
  ['郑州市登封市', 'zh-CN', '郑州'],
  ['河南省郑州市登封市', 'zh-CN', '郑州'],
  ['Dengfeng, Zhengzhou', 'en', 'Zhengzhou'],
  ['郑州市登封市', 'en', '郑州'],
  ['Anyang', 'en', 'Anyang'],
  ['', 'en', ''],
] as const)('the city of %s', (place, lang, want) => {
  expect(cityOf(place, lang)).toBe(want)
})
