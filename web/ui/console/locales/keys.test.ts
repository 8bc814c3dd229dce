import { expect, it } from 'vitest'
import { keysOf } from '@shared/i18n/complete'
import shared from '@shared/locales/zh.json'
import zh from './zh.json'
import { ownLists } from '../record/ownlists'
import { kinds } from '../record/kinds'

const sources = import.meta.glob<string>(['../**/*.{vue,ts}', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' })
const known = new Set([...keysOf(shared), ...keysOf(zh)])

it('every key that a source of the console names exists', () => {
  const missing: string[] = []
  for (const [file, text] of Object.entries(sources)) {
    for (const m of text.matchAll(/(?<![\w.])t\(\s*'([\w.]+)'/g)) if (!known.has(m[1]!)) missing.push(`${file}: ${m[1]}`)
    // t(cond ? 'a' : 'b')
    for (const m of text.matchAll(/(?<![\w.])t\([^()'`]*\?\s*'([\w.]+)'\s*:\s*'([\w.]+)'\)/g)) {
      for (const key of [m[1]!, m[2]!]) if (!known.has(key)) missing.push(`${file}: ${key}`)
    }
  }
  expect(missing).toEqual([])
})

it('every code of our own lists and every type of record has its words', () => {
  const need = [
    ...Object.entries(ownLists).flatMap(([list, codes]) => codes.map((code) => `term.${list}.${code}`)),
    ...Object.values(kinds).map((k) => `kind.${k.singular}`),
  ]
  expect(need.filter((key) => !known.has(key))).toEqual([])
})
