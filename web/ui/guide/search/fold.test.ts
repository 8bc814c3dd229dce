import { describe, expect, it } from 'vitest'
import { Folder, keyOf, runsOf } from './fold'
import fixture from './testdata/names.json'

describe('folding', () => {
  it('is that of the server, character by character', () => {
    const folder = new Folder(new Map(Object.entries(fixture.variants).flatMap(([folded, forms]) => [...forms].map((form) => [form, folded] as const))))
    for (const [text = '', folded] of fixture.folds) expect(folder.fold(text).chars.join('')).toBe(folded)
  })
  it('knows where each character came from', () => {
    const folded = new Folder(new Map([['蓮', '莲']])).fold("𠮷 蓮’Ａ'é")
    expect(folded).toEqual({ chars: ['𠮷', ' ', '莲', 'a', 'e'], start: [0, 2, 3, 5, 7], end: [2, 3, 4, 6, 8] })
    expect(keyOf(folded)).toBe('𠮷莲ae')
  })
  it('cuts runs of characters and words', () => {
    const runs = runsOf(new Folder().fold('莲he 第2展厅').chars)
    expect(runs.map((r) => [r.text, r.han, r.at, r.glued])).toEqual([['莲', true, 0, false], ['he', false, 1, true], ['第', true, 4, false], ['2', false, 5, true], ['展厅', true, 6, true]])
  })
})
