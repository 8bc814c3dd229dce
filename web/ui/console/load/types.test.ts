import { expect, it } from 'vitest'
import { atWork, problemsByColumn, shareDone } from './types'

const counts = { rows: 10, ready: 0, doubtful: 0, faulty: 0, skipped: 0, written: 0, undone: 0, kept: 0 }

it.each([
  ['nothing to write', {}, 0],
  ['half of it', { ready: 3, written: 3 }, 50],
  ['all of it, faulty rows left aside', { written: 4, faulty: 6 }, 100],
])('the progress of %s', (_what, over, want) => expect(shareDone({ ...counts, ...over })).toBe(want))

it('knows when a load works by itself', () => {
  expect((['checking', 'checked', 'writing', 'closed', 'undoing', 'undone'] as const).filter((state) => atWork({ state }))).toEqual(['checking', 'writing', 'undoing'])
})

it('puts every problem to its cell, and those of the row to the row', () => {
  const message = { zh: '', en: '' }
  const p = (column: number, code: string) => ({ column, code, fatal: true, message })
  const by = problemsByColumn({ problems: [p(1, 'a'), p(-1, 'b'), p(1, 'c')] })
  expect([by.get(1)?.map((x) => x.code), by.get(-1)?.map((x) => x.code), by.get(0)]).toEqual([['a', 'c'], ['b'], undefined])
})
