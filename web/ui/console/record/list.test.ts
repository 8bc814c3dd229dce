import { expect, it } from 'vitest'
import { kinds } from './kinds'
import { type Filters, listQuery, needsSearch, searchQuery } from './list'

const none: Filters = { q: '', org: '', review: '', publication: '', category: '', museum: '', area: '', load: '', sort: 'name' }

it.each([
  ['nothing', {}, false],
  ['one filter', { review: 'draft' }, false],
  ['an organisation and one filter', { org: 'henan', review: 'draft' }, false],
  ['two filters', { review: 'draft', category: 'bronze' }, true],
  ['words', { q: ' 鼎 ' }, true],
  ['blanks', { q: '  ' }, false],
])('%s goes to the search: %s → %s', (_what, over, want) => {
  expect(needsSearch(kinds.relics!, { ...none, ...over })).toBe(want)
})

it('names the filters as the list and the search know them', () => {
  const f = { ...none, publication: 'published', category: 'class-tomb', org: 'henan' }
  expect(searchQuery(kinds.sites!, f)).toMatchObject({ kind: 'site', 'facet.class': 'class-tomb', 'facet.publication': 'published', 'facet.org': 'henan' })
  expect(listQuery(kinds.spots!, { ...none, publication: 'hidden', org: 'demo-area' })).toEqual({ view: 'staff', org: 'demo-area', state: 'hidden', area: '' })
})

it('asks the search for the spots of an area with a state, and for paths never', () => {
  const two = { ...none, area: 'a', publication: 'hidden' }
  expect([needsSearch(kinds.spots!, two), needsSearch(kinds.paths!, { ...two, q: '步道' })]).toEqual([true, false])
  expect(listQuery(kinds.paths!, { ...two, org: 'demo-area' })).toEqual({ view: 'staff', org: 'demo-area', area: 'a' })
})

it('sorts by change only what nothing narrows, as the server wants', () => {
  expect(listQuery(kinds.relics!, { ...none, sort: 'updated' }).sort).toBe('updated')
  expect(listQuery(kinds.relics!, { ...none, sort: 'updated', review: 'draft' }).sort).toBeUndefined()
})
