import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { Query } from '@shared/api/client'
import type { Kind } from '@shared/api/types'

export const searchKinds: readonly Kind[] = ['relic', 'site', 'museum', 'exhibition', 'area', 'spot', 'story', 'place']

/** The facets that a visitor can choose from, in the order of the screen. */
export const facetNames = ['era', 'category', 'museum', 'city', 'level', 'class', 'grade', 'material', 'area', 'status'] as const
export type FacetName = (typeof facetNames)[number]

export type Sort = 'relevance' | 'name' | 'year' | 'distance'

/** Everything that a visitor asked for; it stands whole in the address, so that a search can be shared and gone back to. */
export interface Search {
  q: string
  kinds: Kind[]
  facets: Partial<Record<FacetName, string[]>>
  sort: Sort
  /** lat,lon,km as the API takes it; '' for everywhere. */
  near: string
}

const list = (value: LocationQuery[string] | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string' && v !== '')

/** Reads a search from an address; what makes no sense is left out. */
export function readSearch(query: LocationQuery): Search {
  const sort = list(query.sort)[0]
  const circle = list(query.near)[0] ?? ''
  const near = /^-?\d+(\.\d+)?,-?\d+(\.\d+)?,\d+(\.\d+)?$/.test(circle) ? circle : ''
  const facets: Search['facets'] = {}
  for (const name of facetNames) {
    const values = [...new Set(list(query[`facet.${name}`]))].slice(0, 20)
    if (values.length > 0) facets[name] = values
  }
  return {
    q: (list(query.q)[0] ?? '').slice(0, 200),
    kinds: searchKinds.filter((k) => list(query.kind).includes(k)),
    facets,
    near,
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
  if (s.near) out.near = s.near
  if (s.sort !== 'relevance') out.sort = s.sort
  return out
}

/** The search as the API takes it. */
export function apiQuery(s: Search, limit: number, cursor = ''): Query {
  const out: Query = { q: s.q.trim(), kind: s.kinds, near: s.near, limit, cursor }
  if (s.sort !== 'relevance') out.sort = s.sort
  for (const name of facetNames) {
    const values = s.facets[name]
    if (values?.length) out[`facet.${name}`] = values
  }
  return out
}

/** How many filters are chosen, kinds aside. */
export function chosenCount(s: Search): number {
  return facetNames.reduce((n, name) => n + (s.facets[name]?.length ?? 0), 0) + (s.near ? 1 : 0)
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
