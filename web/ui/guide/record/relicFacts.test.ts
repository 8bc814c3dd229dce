import { describe, expect, it } from 'vitest'
import type { Relic } from '@shared/api/types'
import { relicFacts } from './relicFacts'

const t = (key: string, values?: Record<string, unknown>) => (values ? `${key}(${Object.values(values).join(',')})` : key)

const hu: Relic = {
  id: '1',
  name: { zh: '莲鹤方壶', en: 'Square hu with lotus and crane' },
  description: {},
  category: { code: 'bronze', label: { zh: '铜器', en: 'Bronze' } },
  grade: { code: '1', label: { zh: '一级', en: 'Grade 1' } },
  period: { text: { zh: '春秋中期', en: 'middle Spring and Autumn' }, fromYear: -670, toYear: -570 },
  materials: [],
  quantity: { traditional: 1, actual: 1, unit: null },
  dimensions: [
    { kind: { code: 'h', label: { zh: '高', en: 'Height' } }, valueMM: 1265, source: { text: { zh: '河南博物院' }, confidence: 'high' } },
    { kind: { code: 'h', label: { zh: '高', en: 'Height' } }, valueMM: 1180, approximate: true },
  ],
  mass: { grams: 64280 },
  museum: { id: 'm', name: { zh: '河南博物院', en: 'Henan Museum' } },
  gallery: null,
  findPlace: { zh: '新郑李家楼' },
  foundYear: 1923,
}

describe('relicFacts', () => {
  it('reads like a museum label', () => {
    expect(relicFacts(hu, 'zh-CN', t).map((f) => [f.label, f.lines.map((l) => [l.text, l.note ?? ''])])).toEqual([
      ['relic.period', [['春秋中期', '公元前670—前570年']]],
      ['relic.category', [['铜器', '']]],
      ['relic.grade', [['一级', '']]],
      ['relic.dimensions', [['高 126.5 厘米', '河南博物院'], ['高 relic.about(118 厘米)', '']]],
      ['relic.mass', [['64.28 千克', '']]],
      ['relic.museum', [['河南博物院', '']]],
      ['relic.found', [['新郑李家楼，1923年', '']]],
    ])
  })
  it('leaves out what is unknown', () => {
    const bare: Relic = { id: '2', name: { zh: '罐' }, description: {}, period: { text: {} }, quantity: {}, mass: {}, findPlace: {} }
    expect(relicFacts(bare, 'en', t)).toEqual([])
  })
  it('counts a set by tradition and piece by piece', () => {
    const set = { ...hu, quantity: { traditional: 1, actual: 26, unit: { code: 'set', label: { zh: '套', en: 'set' } } } }
    expect(relicFacts(set, 'zh-CN', t).find((f) => f.label === 'relic.quantity')?.lines[0]?.text).toBe('relic.pieces(1套,26)')
  })
})
