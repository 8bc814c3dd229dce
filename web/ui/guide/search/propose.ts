import type { Completion, Suggestions } from '../api'

/** One line of the list under the search box. */
export type Proposal =
  | { is: 'recent'; text: string }
  | ({ is: 'record' | 'correction' } & Completion)

/** How many lines the phone fills by itself, and how many there are when the server has answered: its own come below what stands there. */
export const mostOwn = 6
export const mostListed = 8

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim()

/** What stays the same of a line while the list changes. */
export const keyOf = (p: Proposal): string => (p.is === 'recent' ? `recent/${p.text}` : `${p.kind}/${p.id}`)

/** The list in the turn of the letter: recent searches that begin so, then records of the names that the phone holds. Nothing typed lists all recent searches. */
export function propose(text: string, recent: readonly string[], own: readonly Completion[]): Proposal[] {
  const typed = text.trim()
  if (!typed) return recent.map((q) => ({ is: 'recent', text: q }))
  const again: Proposal[] = recent.filter((q) => q !== typed && fold(q).startsWith(fold(typed))).slice(0, 2).map((q) => ({ is: 'recent', text: q }))
  return [...again, ...own.map((c): Proposal => ({ is: 'record', ...c }))].slice(0, mostOwn)
}

/**
 * The list when the server has answered. What it confirms stays where it stands, in the server's words; what it does not
 * know of gives its line to what it has besides, and the rest comes below. `held` is the line that is chosen by keys: it
 * stays.
 */
export function settle(shown: readonly Proposal[], answer: Suggestions, held = ''): Proposal[] {
  const rows = [...answer.completions.map((c): Proposal => ({ is: 'record', ...c })), ...answer.corrections.map((c): Proposal => ({ is: 'correction', ...c }))]
  const confirmed = new Map(rows.map((row) => [keyOf(row), row]))
  const standing = new Set(shown.map(keyOf))
  const further = rows.filter((row) => !standing.has(keyOf(row)))
  const lines = shown.map((p) => (p.is === 'recent' || keyOf(p) === held ? p : (confirmed.get(keyOf(p)) ?? further.shift())))
  return [...lines, ...further].filter((p) => p !== undefined).slice(0, mostListed)
}
