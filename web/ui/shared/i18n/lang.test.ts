import { describe, expect, it } from 'vitest'
import { pick, preferredLang } from './index'

describe('preferredLang', () => {
  it.each([
    ['the choice that was made', 'en', ['zh-CN'], 'en'],
    ['else the first language of the browser', undefined, ['zh-TW', 'en'], 'zh-CN'],
    ['English for a reader of any other language', undefined, ['fr-FR', 'zh'], 'en'],
    ['Chinese when the browser says nothing', undefined, [], 'zh-CN'],
    ['nothing from a damaged memory', 'klingon', ['zh'], 'zh-CN'],
  ])('%s', (_rule, stored, browser, want) => {
    expect(preferredLang(stored, browser)).toBe(want)
  })
})

describe('pick', () => {
  it.each([
    [{ zh: '鼎', en: 'Ding' }, 'en', 'Ding'],
    [{ zh: '鼎', en: '' }, 'en', '鼎'],
    [{ zh: '', en: 'Ding' }, 'zh-CN', 'Ding'],
    [undefined, 'en', ''],
  ] as const)('%o in %s is %s', (text, lang, want) => {
    expect(pick(text, lang)).toBe(want)
  })
})
