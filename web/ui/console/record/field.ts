import type { Tree } from './path'

/** A code list that the program itself brings along, with labels under `term.NAME.CODE` of the messages. */
export type OwnList = 'confidence' | 'subjectKind' | 'weekday'

interface Common {
  /** JSON path, in a list relative to its entry. */
  path: string
  /** Takes the whole width of the form. */
  wide?: boolean
  /** Shown only where this holds. */
  when?: (form: Tree) => boolean
  /** Key below `help`. */
  help?: string
  /** The server refuses a record without it. */
  need?: boolean
}

/** One member of a form, by how it is filled in. Its label is `field.LABEL`, by default the path's last name. */
export type Field = Common & { label?: string } & (
    | { type: 'text' | 'long' | 'day' | 'bool' | 'tri' | 'tags' }
    | { type: 'number'; unit?: string; whole?: boolean; /** How many of the stored unit one shown unit is. */ scale?: number }
    | { type: 'bi' | 'biLong'; /** Its Chinese words are read as a period while they are typed. */ dated?: boolean }
    | { type: 'code'; list: string; /** Only what stands below the code at a path, named with a prefix in this list. */ within?: { at: string; prefix: string } }
    | { type: 'codes'; list: string }
    | { type: 'own'; list: OwnList; whole?: boolean; many?: boolean }
    | { type: 'ref'; kind: string | { at: string }; many?: boolean; /** Only of the organisation that keeps the record. */ own?: boolean; /** Only of the area at this path. */ within?: string }
    | { type: 'list'; fields: Field[]; add: string }
    | { type: 'exhibits'; fields: Field[] }
    | { type: 'images' | 'playables' | 'line' }
    | { type: 'note'; text: string }
  )

/** A part of a form with a heading, `section.NAME`. */
export interface Section {
  name: string
  fields: Field[]
}

/** The key of the label of a field, below `field`. */
export const labelOf = (field: Pick<Field, 'path' | 'label'>): string => field.label ?? field.path.split('.').pop()!

/** A field with the labels that lead to it. */
export interface Found {
  field: Field
  /** Keys below `field`, outermost first. */
  labels: string[]
  /** The places in lists on the way, from 1. */
  places: number[]
  /** 'zh' or 'en' when the path names one language of a text. */
  lang: string
}

/** The field that a path of the server belongs to: of an error, or of a difference in the history. */
export function fieldAt(fields: readonly Field[], path: string): Found | undefined {
  for (const field of fields) {
    if (field.type === 'note') continue
    const rest = path === field.path ? '' : path.startsWith(`${field.path}.`) || path.startsWith(`${field.path}[`) ? path.slice(field.path.length) : undefined
    if (rest === undefined) continue
    const label = labelOf(field)
    if (rest === '') return { field, labels: [label], places: [], lang: '' }
    const entry = /^\[(\d+)\]\.?(.*)$/.exec(rest)
    if (entry) {
      const place = Number(entry[1]) + 1
      const inner = (field.type === 'list' || field.type === 'exhibits') && entry[2] ? fieldAt(field.fields, entry[2]) : undefined
      return inner
        ? { ...inner, labels: [label, ...inner.labels], places: [place, ...inner.places] }
        : { field, labels: [label], places: [place], lang: /\.(zh|en)$/.exec(rest)?.[1] ?? '' }
    }
    return { field, labels: [label], places: [], lang: /^\.(zh|en)$/.exec(rest)?.[1] ?? '' }
  }
  return undefined
}
