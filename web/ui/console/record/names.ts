import { shallowReactive } from 'vue'
import type { components } from '@shared/api/schema'
import type { Text } from '@shared/i18n'
import { kinds, type RecordKind } from './kinds'
import { type Tree, valueAt } from './path'
import { api } from '../session/session'

const known = shallowReactive(new Map<string, Text>())
const asked = new Set<string>()

/** Remembers a name that came with something else. */
export const learnName = (id: string, name: Text): void => void known.set(id, name)

/** The name of a record by its id; undefined until it has come, and when it may not be known. */
export function nameOfRecord(plural: string, id: string): Text | undefined {
  const kind = kinds[plural]
  if (id && kind && !known.has(id) && !asked.has(id)) {
    asked.add(id)
    api
      .get<{ fields: unknown }>(`/${plural}/${encodeURIComponent(id)}`, { view: 'staff' })
      .then((rec) => known.set(id, (valueAt(rec.fields, kind.title) as Text) ?? {}))
      .catch(() => undefined) // it stays an id: the reader may not see that record
  }
  return known.get(id)
}

/** What a record is called; one without a name by the two records between which it lies. */
export function titleOf(kind: RecordKind, fields: Tree): Text {
  const name = (valueAt(fields, kind.title) as Text | undefined) ?? {}
  return name.zh || name.en || !kind.between ? name : endsOf(kind, fields)
}

/** The names of the two records between which one lies; empty where it lies between none. */
export function endsOf(kind: RecordKind, fields: Tree): Text {
  if (!kind.between) return {}
  const [a, b] = [kind.between.from, kind.between.to].map((path) => nameOfRecord(kind.between!.kind, String(valueAt(fields, path) ?? '')) ?? {}) as [Text, Text]
  const joined = (x: string | undefined, y: string | undefined) => (x && y ? `${x} — ${y}` : '')
  return { zh: joined(a.zh, b.zh), en: joined(a.en || a.zh, b.en || b.zh) }
}

export interface Choice {
  id: string
  name: Text
}

/** Records whose names fit what is typed, from the staff index; `among` narrows by facets. */
export async function searchNames(plural: string, typed: string, signal: AbortSignal, among: Record<string, string> = {}): Promise<Choice[]> {
  const answer = await api.get<components['schemas']['SearchAnswer']>('/search', { view: 'staff', q: typed, kind: kinds[plural]?.singular, limit: 20, ...Object.fromEntries(Object.entries(among).map(([facet, value]) => [`facet.${facet}`, value])) }, signal)
  return answer.items.map((hit) => {
    learnName(hit.id, hit.title)
    return { id: hit.id, name: hit.title }
  })
}
