import { type Folded, type Folder, type Run, runsOf } from './fold'

/** One syllable of a name, or a word or number in it. */
export interface Syllable {
  text: string
  /** A Chinese character and not a word. */
  han: boolean
  /** Index of its character, or of the first of its word, in the folded name. */
  at: number
}

interface Span {
  from: number
  to: number
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c]!)
/** Only letters, which may be pinyin. */
export const latin = /^[a-z]+$/

/** Words that say nothing where there are others (search/index/plan.go). */
export const stopWords: ReadonlySet<string> = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'from', 'in', 'is', 'of', 'on', 'or', 'the', 'to', 'with'])

/** Finds in a name what a typed text means, and marks it as the server does (search/index/highlight.go), stems aside. */
export class Marker {
  private readonly han: Run[]
  private readonly words: string[]
  /** Letters that may be pinyin or initials, '' none. */
  private readonly sound: string

  /** `soundOf` is how a character is read. */
  constructor(typed: Folded, soundOf: (char: string) => string) {
    const runs = runsOf(typed.chars)
    this.han = runs.filter((r) => r.han)
    const words = runs.filter((r) => !r.han).map((r) => r.text)
    this.words = runs.length > 1 ? words.filter((w) => !stopWords.has(w)) : words
    const letters = words.length > 0 && words.every((w) => latin.test(w))
    this.sound = letters ? runs.map((r) => (r.han ? r.chars.map(soundOf).join('') : r.text)).join('') : ''
  }

  /** The name as HTML with <em> round what matches; '' when nothing does. */
  mark(name: string, folder: Folder, syllables: readonly Syllable[]): string {
    const folded = folder.fold(name)
    const spans = this.spans(folded, syllables).map((s) => ({ from: folded.start[s.from]!, to: folded.end[s.to - 1]! }))
    if (spans.length === 0) return ''
    spans.sort((a, b) => a.from - b.from)
    let out = ''
    let at = 0
    for (let i = 0; i < spans.length; ) {
      const from = spans[i]!.from
      let to = spans[i]!.to
      for (i += 1; i < spans.length && spans[i]!.from <= to; i += 1) to = Math.max(to, spans[i]!.to)
      out += `${escape(name.slice(at, from))}<em>${escape(name.slice(from, to))}</em>`
      at = to
    }
    return out + escape(name.slice(at))
  }

  /** Where it matches, as indices of folded characters. */
  private spans(folded: Folded, syllables: readonly Syllable[]): Span[] {
    const found: Span[] = []
    for (const run of this.han) {
      const whole = places(folded.chars, run.chars)
      for (const at of whole) found.push({ from: at, to: at + run.chars.length })
      if (whole.length > 0 || run.chars.length < 3) continue
      for (let k = 0; k + 2 <= run.chars.length; k += 1) for (const at of places(folded.chars, run.chars.slice(k, k + 2))) found.push({ from: at, to: at + 2 })
    }
    if (this.words.length > 0) {
      for (const run of runsOf(folded.chars)) {
        if (!run.han && this.words.some((w) => run.text === w || (w.length > 1 && run.text.startsWith(w)))) found.push({ from: run.at, to: run.at + run.chars.length })
      }
    }
    if (this.sound) found.push(...bySound(syllables, this.sound))
    return found
  }
}

/** Where a list of characters stands in another. */
function places(chars: readonly string[], wanted: readonly string[]): number[] {
  const out: number[] = []
  for (let i = 0; i + wanted.length <= chars.length; i += 1) {
    if (wanted.every((c, k) => chars[i + k] === c)) out.push(i)
  }
  return out
}

/** The first characters whose pinyin, or whose initials, are the letters; the last syllable may be begun only. */
function bySound(syllables: readonly Syllable[], letters: string): Span[] {
  for (let i = 0; i < syllables.length; i += 1) {
    if (!syllables[i]!.han) continue
    let rest = letters
    let initials = letters
    for (let k = i; k < syllables.length && (rest || initials); k += 1) {
      const s = syllables[k]!
      const span = { from: syllables[i]!.at, to: s.at + 1 }
      if (rest && s.text.startsWith(rest)) return [span]
      rest = rest.startsWith(s.text) ? rest.slice(s.text.length) : ''
      if (!initials || initials[0] !== s.text[0]) initials = ''
      else if (initials.length > 1) initials = initials.slice(1)
      else if (letters.length > 1) return [span]
      else initials = ''
    }
  }
  return []
}
