/** One cue of captions: when it is said, in seconds, and its words without markup. */
export interface Cue {
  from: number
  to: number
  text: string
}

const time = String.raw`(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})`
const timing = new RegExp(`^${time}[ \\t]+-->[ \\t]+${time}(?:[ \\t].*)?$`)
const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&nbsp;': '\u00a0', '&lrm;': '', '&rlm;': '' }

function seconds(parts: (string | undefined)[]): number {
  const [hours, minutes, whole, thousandths] = parts.map((p) => Number(p ?? 0)) as [number, number, number, number]
  return hours * 3600 + minutes * 60 + whole + thousandths / 1000
}

const plain = (text: string) => text.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (e) => entities[e]!)

/** The cues of a WebVTT file (W3C WebVTT §6) in the order of the file. Notes, styles and blocks without a proper timing are left out; what is no WebVTT has none. */
export function parseCues(file: string): Cue[] {
  const lines = file.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  if (!/^WEBVTT(?:[ \t\n]|$)/.test(lines)) return []
  const cues: Cue[] = []
  for (const block of lines.split(/\n{2,}/)) {
    const [first = '', second = '', ...rest] = block.split('\n')
    const named = !first.includes('-->')
    const found = timing.exec(named ? second : first)
    if (!found) continue
    const [from, to] = [seconds(found.slice(1, 5)), seconds(found.slice(5, 9))]
    const text = plain((named ? rest : [second, ...rest]).join('\n')).trim()
    if (to > from && text) cues.push({ from, to, text })
  }
  return cues
}

/** The place in cues of the last one that is being said at a moment in seconds, -1 while nothing is. */
export function cueAt(cues: readonly Cue[], at: number): number {
  return cues.findLastIndex((c) => c.from <= at && at < c.to)
}
