import type { Kind } from '@shared/api/types'
import type { Completion } from '../api'
import { Folder, keyOf, type Run, runsOf } from './fold'
import { latin, Marker, stopWords, type Syllable } from './marker'

/** What the server lists of a record (GET /api/v1/search/names). */
export interface NamedRecord {
  kind: Kind
  id: string
  /** 0 to 100; 0 when left out. */
  fame?: number
  zh?: string
  en?: string
  names?: string[]
  /** Names with their small numbers written the other way; not shown. */
  spelt?: string[]
  /** Syllables between spaces of zh, of en and of each of names; empty for one that is read character by character. */
  sounds?: string[]
}

export interface NameList {
  records: NamedRecord[]
  /** Syllable -> characters that are read so, in groups: the folded form, then those that are folded to it. */
  characters: Record<string, string>
}

/** How one name sounds, as one string with the places where its syllables begin. */
interface Sound {
  pinyin: string
  begins: ReadonlySet<number>
  initials: string
  initialBegins: ReadonlySet<number>
}

/** A record with its names made ready for comparing. */
interface Entry {
  record: NamedRecord
  /** Keys of all names; the first two are titles, either may be ''. */
  keys: string[]
  /** Runs of all names, each between spaces. */
  runs: string
  sounds: Sound[]
}

// What a name adds, as on the server (search/index/plan.go, rank.go).
const pinyinWhole = 600
const initialsWhole = 250
const pinyinStart = 150
const pinyinInside = 100
const initialsStart = 90
const initialsInside = 60
const wordStart = 60
const exactTitle = 1000
const exactOther = 900
const contains = 300
const other = -40
const begins = 40
const coverage = 60
const allTerms = 100
const fame = 0.3
const scarce = 20 // about what the rarity of words adds, which only the server knows

/** What a part of the text gives to a record: what it adds, and whether it is wholly in names. undefined: nothing. */
interface Match {
  bonus: number
  inNames: boolean
  share: number
}

/** A typed text taken apart: the record must have all parts of any way. */
type Part = (entry: Entry) => Match | undefined
type Way = Part[]

/** How many records are made ready in one turn, so that a letter never waits for the whole list. */
const turn = 60
const mostSyllables = 24
const mostLearnt = 300

const refOf = (c: { kind: Kind; id: string }): string => `${c.kind}/${c.id}`

/**
 * The names that this phone holds, and what of them completes a text: a port of the server's suggestions
 * (search/index/suggest.go) as far as names go. Stems of English words are left to the server, and so is what is rare: the
 * list has the most famous records and what the server has named since. testdata/names.json keeps the two alike.
 */
export class NameBook {
  private entries: Entry[] = []
  private learnt: Completion[] = []
  private listed: ReadonlySet<string> = new Set()
  private folder = new Folder()
  private sounds: ReadonlyMap<string, string> = new Map()
  private filling = 0
  private held = 0

  /** How many records the list has; what the server has named since is not counted. */
  get size(): number {
    return this.held
  }

  /**
   * Takes the place of what it held: at once where it held nothing, else when all is ready. Between turns of work `pause`
   * lets the page breathe. A later call ends an earlier one.
   */
  async fill(list: NameList, pause: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const mine = (this.filling += 1)
    const variants = new Map<string, string>()
    const sounds = new Map<string, string>()
    for (const [sound, groups] of Object.entries(list.characters)) {
      for (const group of groups.split(' ')) {
        const [folded = '', ...forms] = group
        sounds.set(folded, sound)
        for (const form of forms) variants.set(form, folded)
      }
    }
    this.folder = new Folder(variants)
    this.sounds = sounds
    const next: Entry[] = []
    if (this.held === 0) this.entries = next
    for (let at = 0; at < list.records.length; at += turn) {
      for (const record of list.records.slice(at, at + turn)) next.push(this.entry(record))
      await pause()
      if (mine !== this.filling) return
    }
    this.entries = next
    this.held = next.length
    this.listed = new Set(list.records.map(refOf))
    for (const c of this.learnt) this.take(c)
  }

  /** Takes in titles that the server has named and that are not in the list; the oldest leave first. */
  learn(completions: readonly Completion[]): void {
    for (const c of completions) {
      this.learnt = [...this.learnt.filter((old) => refOf(old) !== refOf(c)), c].slice(-mostLearnt)
      this.take(c)
    }
  }

  private take(c: Completion): void {
    if (this.listed.has(refOf(c)) || this.entries.some((e) => refOf(e.record) === refOf(c))) return
    this.entries.push(this.entry({ kind: c.kind, id: c.id, zh: c.text }))
  }

  private entry(record: NamedRecord): Entry {
    const names = namesOf(record)
    const folded = [...names, ...(record.spelt ?? [])].map((name) => this.folder.fold(name))
    const runs = folded.map((f) => runsOf(f.chars))
    const sounds = runs.flatMap((r, i) => this.soundOf(this.syllables(r, i < names.length ? record.sounds?.[i] : undefined)))
    const own = record.sounds?.[names.length]
    if (own) sounds.push(...this.soundOf(own.split(' ').map((text) => ({ text, han: true, at: 0 }))))
    return { record, keys: folded.map(keyOf), runs: runs.map((list) => ` ${list.map((r) => r.text).join(' ')} `).join(''), sounds }
  }

  private syllables(runs: readonly Run[], said?: string): Syllable[] {
    const out: Syllable[] = []
    for (const run of runs) {
      if (!run.han) out.push({ text: run.text, han: false, at: run.at })
      else run.chars.forEach((char, i) => out.push({ text: this.read(char), han: true, at: run.at + i }))
    }
    const texts = said ? said.split(' ') : []
    return texts.length === out.length ? out.map((s, i) => ({ ...s, text: texts[i]! })) : out
  }

  private readonly read = (char: string): string => this.sounds.get(char) ?? char

  /** How a name sounds, unless it has no character. */
  private soundOf(syllables: readonly Syllable[]): Sound[] {
    if (!syllables.some((s) => s.han)) return []
    let pinyin = ''
    let initials = ''
    const begin = new Set<number>()
    const initialBegin = new Set<number>()
    syllables.slice(0, 2 * mostSyllables).forEach((s, i) => {
      if (i < mostSyllables) begin.add(pinyin.length)
      if (i < mostSyllables) initialBegin.add(initials.length)
      pinyin += s.text
      initials += !s.han && /^\p{N}/u.test(s.text) ? s.text : String.fromCodePoint(s.text.codePointAt(0)!)
    })
    return [{ pinyin, begins: begin, initials, initialBegins: initialBegin }]
  }

  /** The titles in a language that the text may be meant for, the best first, at most `most`. Nothing typed completes to nothing. */
  complete(text: string, lang: 'zh' | 'en', most: number): Completion[] {
    const typed = this.folder.fold(text)
    const key = keyOf(typed)
    const ways = this.ways(runsOf(typed.chars), key)
    const found: { entry: Entry; score: number }[] = []
    for (const entry of this.entries) {
      const score = scoreOf(entry, ways, key)
      if (score !== undefined) found.push({ entry, score })
    }
    found.sort((a, b) => b.score - a.score)
    const marker = new Marker(typed, this.read)
    const out: Completion[] = []
    const seen = new Set<string>()
    for (const { entry } of found) {
      if (out.length === most) break
      const title = titleIn(entry.record, lang)
      const titleKey = keyOf(this.folder.fold(title))
      if (seen.has(titleKey)) continue
      seen.add(titleKey)
      out.push(this.completion(entry.record, title, marker))
    }
    return out
  }

  private completion(record: NamedRecord, title: string, marker: Marker): Completion {
    const out: Completion = { kind: record.kind, id: record.id, text: title }
    const names = namesOf(record)
    const marked = (name: string, i: number): string => marker.mark(name, this.folder, this.syllables(runsOf(this.folder.fold(name).chars), record.sounds?.[i]))
    const highlight = marked(title, names.indexOf(title))
    if (highlight) return { ...out, highlight }
    const name = names.find((n, i) => marked(n, i) !== '')
    return name ? { ...out, name } : out
  }

  /** The ways of the text (search/index/clause.go). */
  private ways(runs: readonly Run[], key: string): Way[] {
    const mixed = this.mixedWay(runs)
    const content = runs.some((r) => r.han || !stopWords.has(r.text))
    const seen = new Set<string>()
    const plain: Way = []
    for (const run of runs) {
      if (seen.has(run.text) || (content && !run.han && stopWords.has(run.text))) continue
      seen.add(run.text)
      plain.push(run.han ? hanPart(run) : wordPart(run.text, !mixed))
    }
    const ways: Way[] = plain.length > 0 ? [plain] : []
    if (runs.length > 1 && runs.every((r) => !r.han && latin.test(r.text))) ways.push([soundPart(key, '')], [wholeWord(key)])
    if (mixed) ways.push(mixed)
    return ways
  }

  /** Characters and letters typed together, as "莲he" or "莲hfh": by the sound of the whole, with the characters in a name. */
  private mixedWay(runs: readonly Run[]): Way | undefined {
    const fits = runs.length > 1 && runs.every((r, i) => (i === 0 || r.glued) && (r.han || latin.test(r.text)))
    if (!fits || runs.every((r) => r.han) || !runs.some((r) => r.han)) return undefined
    const pinyin = runs.map((r) => (r.han ? r.chars.map(this.read).join('') : r.text)).join('')
    const initials = runs.map((r) => (r.han ? r.chars.map((c) => this.read(c)[0]).join('') : r.text)).join('')
    const chars = runs.flatMap((r) => (r.han ? r.chars : []))
    return [soundPart(pinyin, initials), ...chars.map((c): Part => (e) => (e.runs.includes(c) ? { bonus: 0, inNames: true, share: 1 } : undefined))]
  }
}

const namesOf = (r: NamedRecord): string[] => [r.zh ?? '', r.en ?? '', ...(r.names ?? [])]

function titleIn(record: NamedRecord, lang: 'zh' | 'en'): string {
  return (lang === 'en' ? record.en || record.zh : record.zh || record.en) ?? ''
}

/** One character, or most of the pairs of neighbours of several. */
function hanPart(run: Run): Part {
  const pairs = [...new Set(run.chars.length < 2 ? run.chars : run.chars.slice(1).map((c, i) => run.chars[i]! + c))]
  const need = run.chars.length < 2 ? 1 : pairs.length - Math.floor(pairs.length / 3)
  return (e) => {
    let has = 0
    for (const pair of pairs) if (e.runs.includes(pair)) has += 1
    return has >= need ? { bonus: 0, inNames: has === pairs.length, share: has / pairs.length } : undefined
  }
}

/** A word that is in a name, be it with the s of several, or, where it may be begun only, that begins one or sounds like one. */
function wordPart(word: string, begun: boolean): Part {
  const long = begun && word.length > 1
  const sounds = long && latin.test(word) ? soundsAs(word) : undefined
  return (e) => {
    const whole = e.runs.includes(` ${word} `) || (word.length > 2 && latin.test(word) && e.runs.includes(` ${word}s `))
    const starts = long && e.runs.includes(` ${word}`)
    const sound = sounds?.(e) ?? 0
    return whole || starts || sound > 0 ? { bonus: Math.max(starts ? wordStart : 0, sound), inNames: whole, share: 1 } : undefined
  }
}

const wholeWord = (word: string): Part => (e) => (e.runs.includes(` ${word} `) ? { bonus: 0, inNames: true, share: 1 } : undefined)

/** Two or three letters begin too many syllables: they must begin the name or end it. */
const soundsAs = (word: string) => (e: Entry): number => {
  let best = 0
  for (const s of e.sounds) {
    best = Math.max(best, heard(s.pinyin, s.begins, word, pinyinWhole, pinyinStart, word.length > 3 ? pinyinInside : 0, pinyinInside))
    best = Math.max(best, heard(s.initials, s.initialBegins, word, initialsWhole, word.length > 2 ? initialsStart : 0, 0, initialsInside))
  }
  return best
}

/** The sound of a whole text, and its initials when they are given. */
function soundPart(pinyin: string, initials: string): Part {
  return (e) => {
    let best = 0
    for (const s of e.sounds) {
      best = Math.max(best, heard(s.pinyin, s.begins, pinyin, pinyinWhole, pinyinStart, pinyin.length > 3 ? pinyinInside : 0, pinyinInside))
      if (initials.length > 1) best = Math.max(best, heard(s.initials, s.initialBegins, initials, initialsWhole, 0, initials.length > 2 ? initialsInside : 0, initialsInside))
    }
    return best > 0 ? { bonus: best, inNames: false, share: 1 } : undefined
  }
}

/** What letters are worth that are the whole of a sound, its start, inside it or its end from some syllable on; 0 when they are not in it. */
function heard(sound: string, begin: ReadonlySet<number>, letters: string, whole: number, start: number, inside: number, end: number): number {
  if (sound === letters) return whole
  let best = sound.startsWith(letters) ? start : 0
  for (let at = sound.indexOf(letters); at >= 0; at = sound.indexOf(letters, at + 1)) {
    if (begin.has(at)) best = Math.max(best, at + letters.length === sound.length ? end : inside)
  }
  return best
}

/** What the best way gives to a record; undefined when it is in no way. */
function scoreOf(entry: Entry, ways: readonly Way[], key: string): number | undefined {
  let bonus = 0
  let named = 0
  let share = 0
  let found = false
  for (const way of ways) {
    let sum = 0
    let names = 0
    let best = 0
    let whole = true
    for (const part of way) {
      const m = part(entry)
      if (!m) {
        whole = false
        break
      }
      best = Math.max(best, m.bonus)
      names += m.inNames ? 1 : 0
      sum += m.share
    }
    if (!whole) continue
    found = true
    bonus = Math.max(bonus, best)
    named = Math.max(named, names / way.length)
    share = Math.max(share, sum / way.length)
  }
  if (!found) return undefined
  const tier = named > 0 ? Math.max(named * allTerms, nameTier(entry, key)) : 0
  return scarce * share * share + Math.max(tier, bonus) + fame * (entry.record.fame ?? 0)
}

/** What the best name adds when it is compared with the whole text, 0 when no name has it. */
function nameTier(entry: Entry, key: string): number {
  let best = 0
  const size = [...key].length
  entry.keys.forEach((name, i) => {
    const at = name.indexOf(key)
    if (at < 0) return
    const title = i < 2
    if (name === key) best = Math.max(best, title ? exactTitle : exactOther)
    else best = Math.max(best, contains + (coverage * size) / [...name].length + (at === 0 ? begins : 0) + (title ? 0 : other))
  })
  return best
}
