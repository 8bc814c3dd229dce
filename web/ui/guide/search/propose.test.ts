import { beforeEach, describe, expect, it } from 'vitest'
import type { Completion } from '../api'
import { Known, propose } from './propose'
import { useRecent } from './recent'

const title = (text: string): Completion => ({ text, kind: 'relic', id: text })
const answer = (completions: string[], corrections: string[] = []) => ({ completions: completions.map(title), corrections: corrections.map(title) })

describe('what is proposed while one types', () => {
  it('comes from what is known until the server has answered this very text', () => {
    const known = new Known()
    known.learn(answer(['鹤莲', '莲鹤方壶', '莲花纹砖']))
    const before = propose('莲鹤', [], known, undefined)
    expect(before).toEqual([{ is: 'record', kind: 'relic', id: '莲鹤方壶', text: '莲鹤方壶', highlight: '<em>莲鹤</em>方壶' }])
    expect(propose('莲', [], known, undefined).map((p) => p.text)).toEqual(['莲鹤方壶', '莲花纹砖', '鹤莲'])
    expect(propose('莲鹤', [], known, answer([], ['立鹤'])).map((p) => [p.is, p.text])).toEqual([['correction', '立鹤']])
  })
  it('escapes what it marks by itself', () => {
    const known = new Known()
    known.learn(answer(['a<b>"c']))
    expect(propose('<B>', [], known, undefined)[0]).toMatchObject({ highlight: 'a<em>&lt;b&gt;</em>&quot;c' })
  })
  it('begins with recent searches that begin so; nothing typed lists them all', () => {
    const known = new Known()
    expect(propose('', ['青铜', '鼎'], known, undefined).map((p) => [p.is, p.text])).toEqual([['recent', '青铜'], ['recent', '鼎']])
    expect(propose('青', ['青铜', '青', '鼎'], known, answer(['青瓷'])).map((p) => p.text)).toEqual(['青铜', '青瓷'])
  })
  it('is seven lines at most, and what is known has an end', () => {
    const known = new Known()
    known.learn(answer(Array.from({ length: 400 }, (_, i) => `鼎${i}`)))
    expect(propose('鼎', [], known, undefined)).toHaveLength(7)
    expect(known.matching('鼎')).toHaveLength(300)
    expect(known.matching('鼎0')).toEqual([])
  })
})

describe('recent searches', () => {
  beforeEach(() => localStorage.clear())
  it('are the last eight, each once, the newest first, and can be forgotten', () => {
    const { recent, add, clear } = useRecent()
    for (const q of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', ' a ', '']) add(q)
    expect(recent.value).toEqual(['a', 'i', 'h', 'g', 'f', 'e', 'd', 'c'])
    expect(useRecent().recent.value).toEqual(recent.value)
    clear()
    expect(useRecent().recent.value).toEqual([])
  })
  it('read nothing from what is not theirs', () => {
    for (const kept of ['{', '{"a":1}', '[1,"x",""]']) {
      localStorage.setItem('yjy.searches', kept)
      expect(useRecent().recent.value).toEqual(kept.startsWith('[') ? ['x'] : [])
    }
  })
})
