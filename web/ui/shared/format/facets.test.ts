import { describe, expect, it } from 'vitest'
import { chipsOf } from './facets'

const counted = ['a', 'b', 'c', 'd'].map((value, i) => ({ value, label: value.toUpperCase(), count: 9 - i }))
const values = (chosen: string[], fold: number) => chipsOf(counted, chosen, fold).chips.map((c) => c.value)

describe('the chips of a facet', () => {
  it('begin with what is chosen, also where nothing has it any more', () => {
    expect(values(['c', 'gone'], Infinity)).toEqual(['c', 'gone', 'a', 'b', 'd'])
    expect(chipsOf(counted, ['gone'], 9).chips[0]).toEqual({ value: 'gone', label: 'gone', count: 0, on: true })
  })
  it('are folded, but never what is chosen', () => {
    expect(chipsOf(counted, [], 2)).toMatchObject({ rest: 2 })
    expect(values(['b', 'c', 'd'], 2)).toEqual(['b', 'c', 'd'])
  })
})
