import type { components } from '@shared/api/schema'
import { api } from '../session/session'
import type { RecordKind } from './kinds'
import { learnName, titleOf } from './names'
import { spotsOf } from './plan'
import type { StaffPage, StaffRecord } from './types'
import { type Text } from '@shared/i18n'
import { valueAt } from './path'

/** What a list is narrowed by. */
export interface Filters {
  q: string
  org: string
  review: string
  publication: string
  category: string
  museum: string
  area: string
  load: string
  sort: string
}

const narrowing = ['review', 'publication', 'category', 'museum', 'area', 'load'] as const

/** Whether a filter narrows the list, beside words and organisation. */
export const narrowed = (f: Filters): boolean => narrowing.some((name) => f[name])

/** Whether the filters need the search: the list itself takes one at a time and no words. */
export function needsSearch(kind: RecordKind, f: Filters): boolean {
  const n = narrowing.filter((name) => f[name]).length
  return !kind.perArea && (f.q.trim() !== '' || n > 1)
}

/** The query of the list for the filters. */
export function listQuery(kind: RecordKind, f: Filters): Record<string, string> {
  const query: Record<string, string> = { view: 'staff', org: f.org }
  if (kind.heritage) {
    for (const name of ['review', 'publication', 'category', 'museum', 'load'] as const) query[name] = f[name]
    if (f.sort === 'updated' && !narrowed(f)) query.sort = 'updated'
  } else {
    if (!kind.perArea) query.state = f.publication
    if (kind.area) query.area = f.area
  }
  return query
}

/** The query of the search for the filters. */
export function searchQuery(kind: RecordKind, f: Filters): Record<string, string> {
  return {
    view: 'staff', kind: kind.singular, q: f.q.trim(), 'facet.org': f.org, 'facet.review': f.review, 'facet.publication': f.publication,
    ...(kind.category && { [`facet.${kind.category.facet}`]: f.category }), 'facet.museum': f.museum, 'facet.load': f.load, 'facet.area': f.area,
  }
}

/** What a list shows. */
export interface ListPage extends StaffPage {
  total?: number
  /** No record has all of the words; these have some of them. */
  partial?: boolean
  /** The spots of the area that the records are of. */
  spots?: StaffRecord[]
}

/** What the server keeps in no order, in that of what it is called. */
function sortByTitle(kind: RecordKind, items: readonly StaffRecord[]): StaffRecord[] {
  const word = (rec: StaffRecord) => titleOf(kind, rec.fields).zh ?? ''
  return [...items].sort((a, b) => word(a).localeCompare(word(b), 'zh-CN'))
}

/** One page of records for the filters, in full: the lives of a search hit are read record by record. */
export async function readRecords(kind: RecordKind, f: Filters, cursor: string, signal: AbortSignal): Promise<ListPage> {
  let page: ListPage
  if (kind.perArea) {
    if (!f.area) return { items: [], cursor: '' }
    const spots = await spotsOf(f.area, f.org, signal) // first: the rows are called by them
    page = { ...(await api.get<StaffPage>(`/${kind.plural}`, { ...listQuery(kind, f), cursor, limit: 200 }, signal)), spots }
    page.items = sortByTitle(kind, page.items)
  } else if (needsSearch(kind, f)) {
    const found = await api.get<components['schemas']['SearchAnswer']>('/search', { ...searchQuery(kind, f), cursor, limit: 20 }, signal)
    const read = await Promise.allSettled(found.items.map((hit) => api.get<StaffRecord>(`/${kind.plural}/${encodeURIComponent(hit.id)}`, { view: 'staff' }, signal)))
    page = { items: read.flatMap((r) => (r.status === 'fulfilled' ? [r.value] : [])), cursor: found.cursor, total: found.total, partial: found.partial }
  } else {
    page = await api.get<StaffPage>(`/${kind.plural}`, { ...listQuery(kind, f), cursor, limit: 50 }, signal)
  }
  for (const rec of page.items) learnName(rec.id, (valueAt(rec.fields, kind.title) as Text) ?? {})
  return page
}
