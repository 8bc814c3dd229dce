import { describe, expect, it } from 'vitest'
import type { Completion } from '../api'
import { NameBook, type NameList } from './nameBook'
import made from './testdata/names.json'

interface Typed {
  q: string
  lang: 'zh' | 'en'
  inflected?: boolean
  completions: Completion[]
}
const fixture = made as unknown as { list: NameList; typed: Typed[] }

async function filled(list: NameList = fixture.list): Promise<NameBook> {
  const book = new NameBook()
  await book.fill(list)
  return book
}
const ids = (list: readonly Completion[]) => list.map((c) => c.id).join(' ')
/** Each text of the fixture with what the book and the server make of it. */
const answers = (book: NameBook) => fixture.typed.filter((t) => !t.inflected).map(({ q, lang, completions }) => ({ q, lang, got: book.complete(q, lang, 8), want: completions }))
const byId = (list: readonly Completion[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1)).map((c) => [c.id, c.kind, c.text, c.highlight, c.name])

describe('the names that a phone holds', () => {
  it('complete what is typed to the records of the server, marked as it marks them', async () => {
    const book = await filled()
    expect(answers(book).filter(({ want }) => want.length > 0).length).toBeGreaterThan(150)
    const wrong = answers(book).filter(({ got, want }) => JSON.stringify(byId(got)) !== JSON.stringify(byId(want)))
    expect(wrong).toEqual([])
  })
  it('stand in the order of the server', async () => {
    const book = await filled()
    const wrong = answers(book).map(({ q, lang, got, want }) => ({ q, lang, got: ids(got), want: ids(want) })).filter(({ got, want }) => got !== want)
    expect(wrong).toEqual([])
  })
})
