import { inject, provide } from 'vue'
import { type Client, createClient } from '@shared/api/client'
import { apiKey } from '@shared/api/inject'
import type { Kind, Text } from '@shared/api/types'

/** The client of the guide's components; replaced in tests. */
export function useApi(): Client {
  const client = inject(apiKey, undefined)
  if (!client) throw new Error('guide: no API client is provided')
  return client
}

export function provideApi(client: Client = createClient()): Client {
  provide(apiKey, client)
  return client
}

/** One found document (GET /api/v1/search). */
export interface Hit {
  kind: Kind
  id: string
  title: Text
  summary?: Text
  highlight?: { title?: string; summary?: string; name?: string }
  distanceM?: number | null
  image?: string
  lon?: number
  lat?: number
  fromYear?: number | null
  toYear?: number | null
  show?: Record<string, string>
}

export interface FacetCount {
  value: string
  label: string
  count: number
}

/** The first hits of one kind, when kinds are asked for apart. */
export interface KindShelf {
  kind: Kind
  total: number
  items: Hit[]
}

/** What may be done when nothing has all that was asked. */
export interface SearchHelp {
  corrections: Completion[]
  /** Filters without which something is found: kind, period, place, placed, text or facet.NAME. */
  without: { filter: string; total: number }[]
}

export interface SearchAnswer {
  total: number
  items: Hit[]
  facets?: Record<string, FacetCount[]>
  /** On the first page: the ages of history in their order, each with its hits whatever period is asked. */
  periods?: FacetCount[]
  kinds?: KindShelf[]
  help?: SearchHelp
  /** Nothing has all that the text says: the items have much of it. */
  partial?: boolean
  /** A word that is only begun begins more than is looked at: there may be hits beside these. */
  cut?: boolean
  /** What has most of the text, behind few items that have all of it; the total and the facets are without it. */
  weaker?: Hit[]
  cursor?: string
}

/** One proposal (GET /api/v1/suggest). */
export interface Completion {
  text: string
  highlight?: string
  name?: string
  kind: Kind
  id: string
}

export interface Suggestions {
  completions: Completion[]
  corrections: Completion[]
}

const folders: Record<Kind, string> = {
  relic: 'relics',
  site: 'sites',
  museum: 'museums',
  place: 'places',
  area: 'areas',
  spot: 'spots',
  story: 'stories',
  exhibition: 'exhibitions',
}

/** The folder of a kind, the same in the API and in the addresses of the guide. */
export const folderOf = (kind: Kind): string => folders[kind]

/** The page of a record. */
export const pageOf = (ref: { kind: Kind; id: string }): string => `/${folders[ref.kind]}/${encodeURIComponent(ref.id)}`
