import { describe, expect, it } from 'vitest'
import { keysOf, leavesOf, placesOf } from './complete'
import type { Messages } from './index'

const files = import.meta.glob<Messages>('../../{shared,guide,console}/locales/*.json', { eager: true, import: 'default' })
const rooms = [...new Set(Object.keys(files).map((f) => f.replace(/[^/]+\.json$/, '')))]

const sources = import.meta.glob<string>(
  ['../../{shared,guide}/**/*.{vue,ts}', '!../../**/*.test.ts', '!../../**/*.d.ts'],
  { eager: true, query: '?raw', import: 'default' },
)

describe.each(rooms)('the messages of %s', (room) => {
  const zh = files[`${room}zh.json`]!
  const en = files[`${room}en.json`]!

  it('exist in both languages, with the same keys', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort())
  })
  it('are sorted, so that two people who add one meet in a diff', () => {
    for (const [lang, tree] of [['zh', zh], ['en', en]] as const) {
      const keys = keysOf(tree)
      expect(keys, lang).toEqual([...keys].sort())
    }
  })
  it('say something, and name the same places', () => {
    const other = new Map(leavesOf(en))
    for (const [key, sentence] of leavesOf(zh)) {
      expect(sentence.trim(), key).not.toBe('')
      expect(placesOf(other.get(key)!), key).toEqual(placesOf(sentence))
    }
  })
  it('use no sign that has a meaning of its own to the formatter', () => {
    for (const [key, sentence] of [...leavesOf(zh), ...leavesOf(en)]) expect(sentence, key).not.toMatch(/[|@]/)
  })
  it('are not Chinese in the English file', () => {
    for (const [key, sentence] of leavesOf(en)) {
      if (key === 'app.name' || key.startsWith('lang.')) continue
      expect(sentence.replace(/（[^）]*）|“[^”]*”|《[^》]*》/g, ''), key).not.toMatch(/[\u4e00-\u9fff]/)
    }
  })
})

it('every key that a shared or guide source names exists', () => {
  const known = new Set(
    Object.entries(files)
      .filter(([file]) => file.endsWith('/zh.json') && !file.includes('/console/'))
      .flatMap(([, tree]) => keysOf(tree)),
  )
  const missing: string[] = []
  for (const [file, text] of Object.entries(sources)) {
    for (const m of text.matchAll(/(?<![\w.])t\(\s*'([\w.]+)'/g)) {
      if (!known.has(m[1]!)) missing.push(`${file}: ${m[1]}`)
    }
  }
  expect(missing).toEqual([])
})
