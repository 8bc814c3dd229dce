import { describe, expect, it } from 'vitest'
import { createClient } from '@shared/api/client'
import type { Spot } from '@shared/api/types'
import { all, groupSpots } from './spots'

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

describe('all', () => {
  it('follows the cursor to the end', async () => {
    const pages: Record<string, object> = { '': { items: [1, 2], cursor: 'x' }, x: { items: [3], cursor: '' } }
    const fake: typeof fetch = async (input) => {
      const cursor = new URL(String(input), 'http://guide').searchParams.get('cursor') ?? ''
      return new Response(JSON.stringify(pages[cursor]), { headers: { 'Content-Type': 'application/json' } })
    }
    expect(await all(createClient({ fetch: fake }), '/areas/1/spots', new AbortController().signal)).toEqual([1, 2, 3])
  })
})
