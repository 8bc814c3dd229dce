import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { Query } from '@shared/api/client'
import type { Kind } from '@shared/api/types'
import { readPeriod, writePeriod } from '@shared/format/period'

export const searchKinds: readonly Kind[] = ['relic', 'site', 'museum', 'exhibition', 'area', 'spot', 'story', 'place']

/** The facets that a visitor can choose from, in the order of the screen. */
export const facetNames = ['era', 'category', 'museum', 'city', 'level', 'class', 'grade', 'material', 'area', 'status'] as const
export type FacetName = (typeof facetNames)[number]

export type Sort = 'relevance' | 'name' | 'year' | 'distance'

/** How the results are laid out: one list, each kind by itself, or on the map. */
export type View = 'list' | 'kinds' | 'map'
export const views: readonly View[] = ['list', 'kinds', 'map']

/** Everything that a visitor asked for; it stands whole in the address, so that a search can be shared and gone back to. */
export interface Search {
  q: string
  kinds: Kind[]
  facets: Partial<Record<FacetName, string[]>>
  /** FROM..TO in years as the API takes it, negative for BCE; '' for all times. */
  period: string
  /** Only what has a place. */
  placed: boolean
  sort: Sort
  /** lat,lon,km as the API takes it; '' for everywhere. */
  near: string
  /** south,west,north,east as the API takes it; '' for everywhere. */
  box: string
  view: View
}

export const noSearch: Search = { q: '', kinds: [], facets: {}, period: '', placed: false, sort: 'relevance', near: '', box: '', view: 'list' }

const list = (value: LocationQuery[string] | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string' && v !== '')

/** Reads a search from an address; what makes no sense is left out. */
export function readSearch(query: LocationQuery): Search {
  const sort = list(query.sort)[0]
  const circle = list(query.near)[0] ?? ''
  const near = /^-?\d+(\.\d+)?,-?\d+(\.\d+)?,\d+(\.\d+)?$/.test(circle) ? circle : ''
  const corners = list(query.box)[0] ?? ''
  const box = /^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/.test(corners) ? corners : ''
  const view = list(query.view)[0]
  const facets: Search['facets'] = {}
  for (const name of facetNames) {
    const values = [...new Set(list(query[`facet.${name}`]))].slice(0, 20)
    if (values.length > 0) facets[name] = values
  }
  return {
    q: (list(query.q)[0] ?? '').slice(0, 200),
    kinds: searchKinds.filter((k) => list(query.kind).includes(k)),
    facets,
    period: writePeriod(readPeriod(list(query.period)[0] ?? '') ?? {}),
    placed: list(query.placed)[0] === 'true',
    near,
    box,
    view: views.find((v) => v === view) ?? 'list',
    sort: sort === 'name' || sort === 'year' || (sort === 'distance' && near) ? sort : 'relevance',
  }
}

/** Writes a search into an address; defaults are left out. */
export function writeSearch(s: Search): LocationQueryRaw {
  const out: LocationQueryRaw = {}
  if (s.q) out.q = s.q
  if (s.kinds.length > 0) out.kind = [...s.kinds]
  for (const name of facetNames) {
    const values = s.facets[name]
    if (values?.length) out[`facet.${name}`] = [...values]
  }
  if (s.period) out.period = s.period
  if (s.placed) out.placed = 'true'
  if (s.near) out.near = s.near
  if (s.box) out.box = s.box
  if (s.sort !== 'relevance') out.sort = s.sort
  if (s.view !== 'list') out.view = s.view
  return out
}

/** How many hits of each kind stand on its shelf. */
export const onShelf = 4

/** The search as the API takes it. */
export function apiQuery(s: Search, limit: number, cursor = ''): Query {
  const out: Query = { q: s.q.trim(), kind: s.kinds, near: s.near, box: s.box, limit, cursor }
  if (s.view === 'kinds' && !cursor) out.apart = onShelf
  if (s.period) out.period = s.period
  if (s.placed) out.placed = true
  if (s.sort !== 'relevance') out.sort = s.sort
  for (const name of facetNames) {
    const values = s.facets[name]
    if (values?.length) out[`facet.${name}`] = values
  }
  return out
}

/** How many filters are chosen, kinds aside. */
export function chosenCount(s: Search): number {
  return facetNames.reduce((n, name) => n + (s.facets[name]?.length ?? 0), 0) + (s.period ? 1 : 0) + (s.placed ? 1 : 0) + (s.near ? 1 : 0) + (s.box ? 1 : 0)
}

/** The search without what the help names: kind, period, place, placed, text or facet.NAME. undefined when it names nothing that is chosen here. */
export function withoutFilter(s: Search, filter: string): Search | undefined {
  if (filter === 'kind') return { ...s, kinds: [] }
  if (filter === 'place') return { ...s, near: '', box: '', sort: s.sort === 'distance' ? 'relevance' : s.sort }
  if (filter === 'period') return { ...s, period: '' }
  if (filter === 'placed') return { ...s, placed: false }
  if (filter === 'text') return { ...s, q: '' }
  const name = facetNames.find((n) => `facet.${n}` === filter)
  return name && clearFacet(s, name)
}

/** The search with nothing chosen in a facet. */
export function clearFacet(s: Search, name: FacetName): Search {
  const { [name]: _gone, ...facets } = s.facets
  return { ...s, facets }
}

/** The search with one value of a facet switched. */
export function toggleFacet(s: Search, name: FacetName, value: string): Search {
  const old = s.facets[name] ?? []
  const next = old.includes(value) ? old.filter((v) => v !== value) : [...old, value]
  const facets = { ...s.facets }
  if (next.length > 0) facets[name] = next
  else delete facets[name]
  return { ...s, facets }
}

export function toggleKind(s: Search, kind: Kind): Search {
  const on = s.kinds.includes(kind)
  return { ...s, kinds: searchKinds.filter((k) => (k === kind ? !on : s.kinds.includes(k))) }
}
