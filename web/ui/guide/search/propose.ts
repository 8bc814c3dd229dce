import type { Completion, Suggestions } from '../api'

/** One line of the list under the search box. */
export type Proposal =
  | { is: 'recent'; text: string }
  | ({ is: 'record' | 'correction' } & Completion)

const mostListed = 7
const mostKnown = 300

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim()
const keyOf = (c: Completion): string => `${c.kind}/${c.id}`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c]!)

/** Marks the first place where the folded text stands, in the form of the server's highlights; undefined where it stands nowhere as it is. */
function marked(title: string, wanted: string): string | undefined {
  const at = title.toLowerCase().indexOf(wanted)
  if (at < 0) return undefined
  const end = at + wanted.length
  return `${escape(title.slice(0, at))}<em>${escape(title.slice(at, end))}</em>${escape(title.slice(end))}`
}

/**
 * What the box knows by itself: titles that the server named before and what was searched for last. It answers in the
 * turn in which a letter is typed, ahead of the server, whose answer then takes its place.
 */
export class Known {
  private readonly titles = new Map<string, Completion>()

  /** Takes in what the server answered; the oldest leave first. */
  learn(answer: Suggestions): void {
    for (const c of answer.completions) {
      this.titles.delete(keyOf(c))
      this.titles.set(keyOf(c), c)
    }
    for (const key of this.titles.keys()) {
      if (this.titles.size <= mostKnown) break
      this.titles.delete(key)
    }
  }

  /** The known titles that hold the text, those that begin with it first. */
  matching(text: string): Completion[] {
    const wanted = fold(text)
    if (!wanted) return []
    const found: { rank: number; c: Completion }[] = []
    for (const c of this.titles.values()) {
      const at = fold(c.text).indexOf(wanted)
      if (at < 0) continue
      const highlight = marked(c.text, wanted)
      found.push({ rank: at === 0 ? 0 : 1, c: { kind: c.kind, id: c.id, text: c.text, ...(highlight && { highlight }) } })
    }
    return found.sort((a, b) => a.rank - b.rank).map((f) => f.c)
  }
}

/** The list for what is typed: recent searches that begin so, then records. `answer` is the server's for this very text, undefined until it comes. */
export function propose(text: string, recent: readonly string[], known: Known, answer: Suggestions | undefined): Proposal[] {
  const typed = text.trim()
  if (!typed) return recent.map((q) => ({ is: 'recent', text: q }))
  const again: Proposal[] = recent.filter((q) => q !== typed && fold(q).startsWith(fold(typed))).slice(0, 2).map((q) => ({ is: 'recent', text: q }))
  const records: Proposal[] = answer
    ? [...answer.completions.map((c): Proposal => ({ is: 'record', ...c })), ...answer.corrections.map((c): Proposal => ({ is: 'correction', ...c }))]
    : known.matching(typed).map((c): Proposal => ({ is: 'record', ...c }))
  return [...again, ...records].slice(0, mostListed)
}
