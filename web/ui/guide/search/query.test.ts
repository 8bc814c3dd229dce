import { describe, expect, it } from 'vitest'
import { apiQuery, chosenCount, readSearch, type Search, toggleFacet, toggleKind, writeSearch } from './query'

const full: Search = { q: '莲鹤方壶', kinds: ['relic', 'site'], facets: { era: ['chunqiu'], city: ['zhengzhou', 'luoyang'] }, sort: 'year', near: '34.75,113.6,50' }
const none: Search = { q: '', kinds: [], facets: {}, sort: 'relevance', near: '' }

describe('a search in the address', () => {
  it('comes back as it went', () => {
    expect(readSearch(writeSearch(full) as never)).toEqual(full)
  })
  it('is short when nothing is chosen', () => {
    expect(writeSearch(none)).toEqual({})
  })
  it.each([
    ['an unknown kind', { kind: ['relic', 'dragon'] }, { ...none, kinds: ['relic'] }],
    ['an unknown facet', { 'facet.password': 'x' }, none],
    ['a circle that is none', { near: 'here', sort: 'distance' }, none],
    ['an unknown order', { sort: 'random' }, none],
    ['a repeated text', { q: ['a', 'b'] }, { ...none, q: 'a' }],
  ])('leaves out %s', (_rule, query, want) => {
    expect(readSearch(query as never)).toEqual(want)
  })
})

describe('choices', () => {
  it('switch on and off', () => {
    const once = toggleFacet(none, 'era', 'tang')
    expect(once.facets).toEqual({ era: ['tang'] })
    expect(toggleFacet(once, 'era', 'song').facets).toEqual({ era: ['tang', 'song'] })
    expect(toggleFacet(once, 'era', 'tang').facets).toEqual({})
    expect(toggleKind(toggleKind(none, 'site'), 'relic').kinds).toEqual(['relic', 'site'])
    expect(toggleKind(full, 'relic').kinds).toEqual(['site'])
  })
  it('are counted without the kinds', () => {
    expect([chosenCount(none), chosenCount(full)]).toEqual([0, 4])
  })
  it('reach the API under its names', () => {
    expect(apiQuery(full, 20, 'c')).toEqual({
      q: '莲鹤方壶', kind: ['relic', 'site'], near: '34.75,113.6,50', limit: 20, cursor: 'c', sort: 'year',
      'facet.era': ['chunqiu'], 'facet.city': ['zhengzhou', 'luoyang'],
    })
  })
})
