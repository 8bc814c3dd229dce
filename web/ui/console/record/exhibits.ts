import type { Text } from '@shared/i18n'

/** A relic in a section of an exhibition, as the form holds it. */
export interface Exhibit {
  relicId: string
  label?: Text
}

/** A section (单元) of an exhibition, as the form holds it. */
export interface ExhibitSection {
  title?: Text
  text?: Text
  items?: Exhibit[]
}

/** The list with the entry at `from` at `to`; the same list where that is no place of it. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const out = [...list]
  if (from < 0 || from >= out.length || to < 0 || to >= out.length) return out
  out.splice(to, 0, ...out.splice(from, 1))
  return out
}

/** The sections with one item at the end of another section. */
export function movedTo(sections: readonly ExhibitSection[], from: number, item: number, to: number): ExhibitSection[] {
  const exhibit = sections[from]?.items?.[item]
  if (!exhibit || from === to || !sections[to]) return [...sections]
  return sections.map((s, i) => {
    if (i === from) return { ...s, items: s.items!.filter((_, j) => j !== item) }
    return i === to ? { ...s, items: [...(s.items ?? []), exhibit] } : s
  })
}

/** The relics in all sections: each may be in an exhibition once. */
export const taken = (sections: readonly ExhibitSection[]): Set<string> => new Set(sections.flatMap((s) => (s.items ?? []).map((it) => it.relicId)))
