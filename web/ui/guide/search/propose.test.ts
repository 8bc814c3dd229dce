import { beforeEach, describe, expect, it } from 'vitest'
import type { Completion } from '../api'
import { propose, settle } from './propose'
import { useRecent } from './recent'

const title = (text: string): Completion => ({ text, kind: 'relic', id: text })
const answer = (completions: string[], corrections: string[] = []) => ({ completions: completions.map(title), corrections: corrections.map(title) })
const own = (...texts: string[]) => propose('莲', [], texts.map(title))
const texts = (list: ReturnType<typeof propose>) => list.map((p) => p.text)

describe('what is proposed while one types', () => {
  it('begins with recent searches that begin so; nothing typed lists them all', () => {
    expect(propose('', ['青铜', '鼎'], []).map((p) => [p.is, p.text])).toEqual([['recent', '青铜'], ['recent', '鼎']])
    expect(texts(propose('青', ['青铜', '青', '鼎'], [title('青瓷')]))).toEqual(['青铜', '青瓷'])
  })
  it('is six lines of its own at most', () => {
    expect(own('a', 'b', 'c', 'd', 'e', 'f', 'g')).toHaveLength(6)
  })
})

describe('the answer of the server', () => {
  it('leaves what it confirms where it stands, in its own words, and comes below', () => {
    const settled = settle(own('a', 'b', 'c'), { completions: [title('d'), { ...title('c'), highlight: '<em>c</em>' }, title('b'), title('a'), title('e')], corrections: [] })
    expect(texts(settled)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(settled[2]).toMatchObject({ highlight: '<em>c</em>' })
  })
  it('takes the line of what it does not know, and closes up where it has nothing for it', () => {
    expect(texts(settle(own('a', 'gone', 'c'), answer(['c', 'x', 'a'])))).toEqual(['a', 'x', 'c'])
    expect(texts(settle(own('a', 'gone', 'c'), answer(['c', 'a'])))).toEqual(['a', 'c'])
    expect(settle(own('gone'), answer([], ['near'])).map((p) => [p.is, p.text])).toEqual([['correction', 'near']])
  })
  it('leaves the line that is chosen by keys, and recent searches', () => {
    expect(texts(settle(own('a', 'gone'), answer(['a', 'x']), 'relic/gone'))).toEqual(['a', 'gone', 'x'])
    expect(texts(settle(propose('莲', ['莲鹤'], []), answer(['莲鹤方壶'])))).toEqual(['莲鹤', '莲鹤方壶'])
  })
  it('is eight lines at most', () => {
    expect(settle(own('a', 'b'), answer(['1', '2', '3', '4', '5', '6', '7', '8']))).toHaveLength(8)
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
