import { expect, it } from 'vitest'
import type { Exhibition } from '@shared/api/types'
import { datesOf, exhibitionFacts, picturesOf } from './exhibition'

const t = (key: string, values?: Record<string, unknown>) => `${key}${values ? JSON.stringify(values) : ''}`
const kind = { code: 'temporary', label: { zh: '临时展览', en: 'Temporary exhibition' } }
const show = (more: Partial<Exhibition> = {}): Exhibition => ({
  id: 'e1', title: { zh: '特展', en: 'Show' }, kind, status: 'open', museum: { id: 'm1', name: { zh: '示范博物馆', en: 'Model Museum' } }, halls: [{ id: 'h1', name: { zh: '一展厅', en: 'Hall 1' } }],
  from: '2026-02-01', until: '2026-05-31', summary: { zh: '', en: '' }, text: { zh: '', en: '' }, organisers: [], url: '', sections: [], images: [], sources: [], simulated: false, unverified: false, ...more,
})

it.each([
  ['2026-02-01', '2026-05-31', '2026年2月1日 – 2026年5月31日'],
  ['2026-02-01', '2026-02-01', '2026年2月1日'],
  ['2026-02-01', '', 'exhibition.since{"day":"2026年2月1日"}'],
  ['', '2026-05-31', 'exhibition.until{"day":"2026年5月31日"}'],
  ['', '', ''],
])('from %s until %s', (from, until, want) => {
  expect(datesOf({ from, until, kind }, 'zh-CN', t)).toBe(want)
})

it('what is unknown is left out, halls and museum lead to their pages', () => {
  const facts = exhibitionFacts(show(), 'zh-CN', t)
  expect(facts.map((f) => f.label)).toEqual(['exhibition.dates', 'exhibition.museum', 'exhibition.halls'])
  expect(facts[2]!.lines).toEqual([{ text: '一展厅', to: '/places/h1' }])
})

it('the first relics stand in for a poster, under their names', () => {
  const item = (n: number) => ({ label: { zh: '', en: '' }, onView: true, relic: { id: `r${n}`, name: { zh: `壶${n}`, en: '' }, period: { zh: '', en: '' }, image: n % 2 ? { assetId: `a${n}`, drawing: true } : null } })
  const sections = [{ title: { zh: '一', en: '' }, text: { zh: '', en: '' }, items: Array.from({ length: 40 }, (_, n) => item(n)) }]
  expect(picturesOf(show({ sections })).map((p) => p.assetId)).toEqual(['a1', 'a3', 'a5', 'a7', 'a9', 'a11', 'a13', 'a15', 'a17', 'a19', 'a21', 'a23'])
  expect(picturesOf(show({ sections }))[0]).toEqual({ assetId: 'a1', drawing: true, caption: { zh: '壶1', en: '' } })
  expect(picturesOf(show({ sections, images: [{ assetId: 'poster' }] })).map((p) => p.assetId)).toEqual(['poster'])
})
