import type { LocationQuery } from 'vue-router'
import { kinds } from '../record/kinds'

/** The facets that staff choose from, in the order of the screen. */
export const facetNames = ['org', 'review', 'publication', 'ledger', 'category', 'grade', 'era', 'material', 'museum', 'level', 'class', 'city', 'area', 'status', 'simulated', 'unverified'] as const
export type FacetName = (typeof facetNames)[number]

/** The types of record that the search knows. */
export const searchKinds: readonly string[] = Object.values(kinds).filter((k) => !k.perArea).map((k) => k.singular)

export const sorts = ['relevance', 'name', 'year'] as const
export type Sort = (typeof sorts)[number]

/** What is asked. `where` is kept as the API takes it: this screen draws no map, but a saved search may hold one. `placed` is 'true' or not there. */
export interface StaffSearch {
  q: string
  kinds: string[]
  facets: Partial<Record<FacetName, string[]>>
  period: string
  sort: Sort
  where: Partial<Record<(typeof places)[number], string>>
}

const places = ['near', 'box', 'within', 'placed'] as const

export const noSearch: StaffSearch = { q: '', kinds: [], facets: {}, period: '', sort: 'relevance', where: {} }

const list = (value: LocationQuery[string] | undefined): string[] => [value].flat().filter((v): v is string => typeof v === 'string' && v !== '')

/** Reads a search from an address; what makes no sense is left out. */
export function readSearch(query: LocationQuery): StaffSearch {
  const facets: StaffSearch['facets'] = {}
  for (const name of facetNames) {
    const values = [...new Set(list(query[`facet.${name}`]))].slice(0, 60)
    if (values.length > 0) facets[name] = values
  }
  const where: StaffSearch['where'] = {}
  for (const name of places) {
    const value = list(query[name])[0]
    if (value) where[name] = value
  }
  return {
    q: (list(query.q)[0] ?? '').slice(0, 200), kinds: searchKinds.filter((k) => list(query.kind).includes(k)), facets, where,
    period: (list(query.period)[0] ?? '').slice(0, 64), sort: sorts.find((s) => s === list(query.sort)[0]) ?? 'relevance',
  }
}

/** The search as the API and the address take it; defaults are left out. */
export function writeSearch(s: StaffSearch): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = { ...s.where }
  if (s.q.trim()) out.q = s.q.trim()
  if (s.kinds.length > 0) out.kind = [...s.kinds]
  for (const name of facetNames) if (s.facets[name]?.length) out[`facet.${name}`] = [...s.facets[name]]
  if (s.period.trim()) out.period = s.period.trim()
  if (s.sort !== 'relevance') out.sort = s.sort
  return out
}

/** The search as a saved one keeps it. */
export function toText(s: StaffSearch): string {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(writeSearch(s))) for (const v of [value].flat()) out.append(name, v)
  out.sort()
  return out.toString()
}

/** The address of a saved search. */
export function fromText(text: string): Record<string, string[]> {
  const out: Record<string, string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) (out[name] ??= []).push(value)
  return out
}

/** The search with one value of a facet switched. */
export function toggleFacet(s: StaffSearch, name: FacetName, value: string): StaffSearch {
  const old = s.facets[name] ?? []
  return { ...s, facets: { ...s.facets, [name]: old.includes(value) ? old.filter((v) => v !== value) : [...old, value] } }
}
