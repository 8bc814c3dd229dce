import { shallowReactive } from 'vue'
import type { components } from '@shared/api/schema'
import type { Text } from '@shared/i18n'
import { api } from '../session/session'

export type Term = components['schemas']['VocabularyTerm']

const lists = shallowReactive(new Map<string, Term[]>())
const asked = new Set<string>()

/** The terms of a code list; empty until they have come. The lists are small and are read once. */
export function termsOf(list: string): Term[] {
  if (!asked.has(list)) {
    asked.add(list)
    api
      .get<components['schemas']['Vocabulary']>(`/vocabularies/${list}`)
      .then((v) => lists.set(list, v.terms))
      .catch(() => asked.delete(list)) // the next screen that needs it asks again
  }
  return lists.get(list) ?? []
}

/** What a code is called, undefined while or when that is not known. */
export const labelIn = (list: string, code: string): Text | undefined => termsOf(list).find((t) => t.code === code)?.label

/** A term with those below it. */
export interface TermNode {
  value: string
  term: Term
  disabled: boolean
  children: TermNode[]
}

/** The terms as a tree; those whose parent is in another list stand at the top. */
export function treeOf(terms: readonly Term[]): TermNode[] {
  const nodes = new Map(terms.map((term) => [term.code, { value: term.code, term, disabled: term.group, children: [] } as TermNode]))
  const top: TermNode[] = []
  for (const node of nodes.values()) (nodes.get(node.term.parent)?.children ?? top).push(node)
  return top
}

/** Whether somebody who types `typed` means the term: by label in either language, alias or code. */
export function means(term: Term, typed: string): boolean {
  const part = typed.trim().toLowerCase()
  return [term.code, term.label.zh ?? '', term.label.en ?? '', ...term.aliases].some((s) => s.toLowerCase().includes(part))
}
