/** A text in the form in which names are compared, character by character, with where each came from in the text (UTF-16). */
export interface Folded {
  chars: string[]
  start: number[]
  end: number[]
}

/** A stretch of folded text: characters that are written without spaces, or a word. */
export interface Run {
  han: boolean
  text: string
  /** Its characters; a word has one for each letter. */
  chars: string[]
  /** Index of its first character in the folded text. */
  at: number
  /** Follows the run before it without a space, as "he" in "莲he". */
  glued: boolean
}

const unwritten = /\p{M}/u
const written = /[\p{L}\p{N}]/u
const hanLike = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** Whether a folded character is written without spaces. */
export function isHan(char: string): boolean {
  const code = char.codePointAt(0)!
  return code >= 0x2e80 && ((code >= 0x4e00 && code <= 0x9fff) || hanLike.test(char))
}

const single = (text: string): string | undefined => (text.length === 1 || (text.length === 2 && text.codePointAt(0)! > 0xffff) ? text : undefined)

/**
 * Folds as the server does (search/chinese/fold.go): half width, lower case, simplified characters, letters without accents;
 * what is no letter or digit parts words, apostrophes and combining marks vanish. `variants` are the forms of characters
 * that the list of names brings along; a form that is in no name need not be known.
 */
export class Folder {
  private readonly known = new Map<string, string>()

  constructor(private readonly variants: ReadonlyMap<string, string> = new Map()) {}

  fold(text: string): Folded {
    const out: Folded = { chars: [], start: [], end: [] }
    let at = 0
    for (const char of text) {
      const folded = this.char(char)
      if (folded) {
        out.chars.push(folded)
        out.start.push(at)
        out.end.push(at + char.length)
      }
      at += char.length
    }
    return out
  }

  /** Folds one character; '' when it vanishes, ' ' when it parts words. */
  private char(char: string): string {
    const code = char.codePointAt(0)!
    if (code < 0x80) return ascii(char, code)
    if (code >= 0x3400 && code <= 0x9fff) return this.variants.get(char) ?? char
    const known = this.known.get(char)
    if (known !== undefined) return known
    const folded = this.other(char)
    this.known.set(char, folded)
    return folded
  }

  private other(char: string): string {
    for (let step = 0; step < 4; step += 1) {
      const next = this.step(char)
      if (next === char) break
      char = next
      const code = char.codePointAt(0)!
      if (code < 0x80) return ascii(char, code)
    }
    if (char === '’' || char === '‘' || char === 'ʼ' || unwritten.test(char)) return ''
    return written.test(char) ? char : ' '
  }

  private step(char: string): string {
    const variant = this.variants.get(char)
    if (variant !== undefined) return variant
    const compatible = single(char.normalize('NFKC'))
    if (compatible !== undefined && compatible !== char) return compatible
    const lower = String.fromCodePoint(char.toLowerCase().codePointAt(0)!)
    if (lower !== char) return lower
    if (char.codePointAt(0)! < 0x3000) {
      const parts = char.normalize('NFD')
      const letter = String.fromCodePoint(parts.codePointAt(0)!)
      if (letter.length < parts.length) return letter
    }
    return char
  }
}

function ascii(char: string, code: number): string {
  if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) return char
  if (code >= 65 && code <= 90) return String.fromCharCode(code + 32)
  return char === "'" ? '' : ' '
}

/** Cuts folded characters into runs. */
export function runsOf(chars: readonly string[]): Run[] {
  const runs: Run[] = []
  for (let i = 0; i < chars.length; ) {
    if (chars[i] === ' ') {
      i += 1
      continue
    }
    const han = isHan(chars[i]!)
    let end = i + 1
    while (end < chars.length && chars[end] !== ' ' && isHan(chars[end]!) === han) end += 1
    const inside = chars.slice(i, end)
    runs.push({ han, text: inside.join(''), chars: inside, at: i, glued: i > 0 && chars[i - 1] !== ' ' })
    i = end
  }
  return runs
}

/** What two spellings of one name have in common: folded letters, digits and characters without anything between them. */
export const keyOf = (folded: Folded): string => folded.chars.filter((c) => c !== ' ').join('')
