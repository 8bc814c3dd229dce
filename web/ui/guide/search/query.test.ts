import { describe, expect, it } from 'vitest'
import { apiQuery, chosenCount, clearFacet, noSearch as none, readSearch, type Search, toggleFacet, toggleKind, withoutFilter, writeSearch } from './query'

const full: Search = { q: '莲鹤方壶', kinds: ['relic', 'site'], facets: { era: ['chunqiu'], city: ['zhengzhou', 'luoyang'] }, period: '-770..-476', placed: true, sort: 'year', near: '34.75,113.6,50', box: '34,112,35,114.5', view: 'map' }

describe('a search in the address', () => {
  it('comes back as it went', () => {
    expect(readSearch(writeSearch(full) as never)).toEqual(full)
  })
  it('has a year as the stretch of that year', () => {
    expect(readSearch({ period: '-476' }).period).toBe('-476..-476')
  })
  it('is short when nothing is chosen', () => {
    expect(writeSearch(none)).toEqual({})
  })
  it.each([
    ['an unknown kind', { kind: ['relic', 'dragon'] }, { ...none, kinds: ['relic'] }],
    ['an unknown facet', { 'facet.password': 'x' }, none],
    ['a circle that is none', { near: 'here', sort: 'distance' }, none],
    ['a box that is none', { box: '1,2,3', view: 'globe' }, none],
    ['a period that is none', { period: '5..1', placed: 'yes' }, none],
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
    expect([chosenCount(none), chosenCount(full)]).toEqual([0, 7])
  })
  it('reach the API under its names', () => {
    expect(apiQuery(full, 20, 'c')).toEqual({
      q: '莲鹤方壶', kind: ['relic', 'site'], near: '34.75,113.6,50', box: '34,112,35,114.5', limit: 20, cursor: 'c', sort: 'year', period: '-770..-476', placed: true,
      'facet.era': ['chunqiu'], 'facet.city': ['zhengzhou', 'luoyang'],
    })
  })
  it('shelves are asked for with the first page only', () => {
    expect(apiQuery({ ...none, view: 'kinds' }, 20).apart).toBe(4)
    expect(apiQuery({ ...none, view: 'kinds' }, 20, 'c').apart).toBeUndefined()
  })
  it('are dropped one by one, as the help proposes', () => {
    expect(withoutFilter(full, 'kind')?.kinds).toEqual([])
    expect(withoutFilter({ ...full, sort: 'distance' }, 'place')).toMatchObject({ near: '', box: '', sort: 'relevance' })
    expect(withoutFilter(full, 'text')?.q).toBe('')
    expect(withoutFilter(full, 'facet.city')?.facets).toEqual({ era: ['chunqiu'] })
    expect(withoutFilter(full, 'period')).toEqual({ ...full, period: '' })
    expect(withoutFilter(full, 'placed')).toEqual({ ...full, placed: false })
    expect(withoutFilter(full, 'facet.source')).toBeUndefined()
    expect(clearFacet(full, 'era').facets).toEqual({ city: ['zhengzhou', 'luoyang'] })
  })
})
