import { describe, expect, it } from 'vitest'
import { fromText, noSearch, readSearch, type StaffSearch, toggleFacet, toText, writeSearch } from './query'

const full: StaffSearch = { q: '鼎', kinds: ['relic', 'site'], facets: { org: ['demo-museum'], review: ['draft', 'inReview'] }, period: '商', sort: 'year', where: { box: '34,112,35,114', placed: 'true' } }

describe('a search of staff', () => {
  it('comes back from the address and from what is saved as it went', () => {
    expect(readSearch(writeSearch(full))).toEqual(full)
    expect(readSearch(fromText(toText(full)))).toEqual(full)
    expect(toText(noSearch)).toBe('')
  })
  it('leaves out what makes no sense', () => {
    expect(readSearch({ kind: 'dragon', 'facet.password': 'x', sort: 'random', view: 'staff' })).toEqual(noSearch)
  })
  it('switches values of facets on and off', () => {
    const on = toggleFacet(noSearch, 'era', 'tang')
    expect(on.facets.era).toEqual(['tang'])
    expect(writeSearch(toggleFacet(on, 'era', 'tang'))).toEqual({})
  })
})
