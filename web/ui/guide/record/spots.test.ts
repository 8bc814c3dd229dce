import { describe, expect, it } from 'vitest'
import type { Spot } from '@shared/api/types'
import { groupSpots } from './spots'

const kind = (code: string) => ({ code, label: { zh: code, en: code } })
const spot = (id: string, code: string, order = 0, facility = false): Spot => ({ id, name: { zh: id }, description: {}, kind: kind(code), order, facility })

describe('groupSpots', () => {
  it('keeps the round and puts what is outside it last', () => {
    const { sights } = groupSpots([spot('c', 'sight'), spot('b', 'sight', 2), spot('a', 'sight', 1)])
    expect(sights.map((s) => s.id)).toEqual(['a', 'b', 'c'])
  })
  it('gathers facilities by kind', () => {
    const { sights, facilities } = groupSpots([spot('p', 'parking', 0, true), spot('t1', 'toilet', 0, true), spot('t2', 'toilet', 0, true)])
    expect(sights).toEqual([])
    expect(facilities.map((g) => [g.kind.code, g.spots.map((s) => s.id)])).toEqual([['toilet', ['t1', 't2']], ['parking', ['p']]])
  })
})
