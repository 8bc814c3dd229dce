import type { Lang } from '../i18n'
import { formatList } from './list'

/** A calendar date as the API carries it, YYYY-MM-DD, without a time zone: 2026年3月1日 / 1 March 2026. Anything else gives ''. */
export function formatDay(day: string | null | undefined, lang: Lang): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '')
  if (!m) return ''
  const at = new Date(Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3])))
  if (at.getUTCMonth() !== Number(m[2]) - 1) return '' // 31 April
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'long', timeZone: 'UTC' }).format(at)
}

/** An instant in the clock of a place, or of the reader: 2026年3月1日 09:30. Unknown gives ''. */
export function formatTime(instant: string | null | undefined, lang: Lang, timeZone?: string): string {
  const at = instant ? new Date(instant) : undefined
  if (!at || Number.isNaN(at.getTime())) return ''
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'zh-CN', {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone && { timeZone }),
  }).format(at)
}

/** The hour and minute of an instant by the clock of a place: 09:30. Unknown gives ''. */
export function formatHour(instant: string | null | undefined, lang: Lang, timeZone: string): string {
  const at = instant ? new Date(instant) : undefined
  if (!at || Number.isNaN(at.getTime())) return ''
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'zh-CN', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(at)
}

/** The clock of an instant to the second, by the reader's: 09:30:05. Unknown gives ''. */
export function formatClock(instant: string | null | undefined, lang: Lang): string {
  const at = instant ? new Date(instant) : undefined
  if (!at || Number.isNaN(at.getTime())) return ''
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'zh-CN', { timeStyle: 'medium', hourCycle: 'h23' }).format(at)
}

/** The calendar date of an instant by the reader's clock, YYYY-MM-DD. */
export function dayOf(at: Date): string {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, '0')).join('-')
}

/** The first instant of a day by the reader's clock, in UTC as the API carries it. What is no day gives ''. */
export const startOf = (day: string): string => instantOf(day, 'T00:00:00')

/** The last second of a day by the reader's clock. */
export const endOf = (day: string): string => instantOf(day, 'T23:59:59')

function instantOf(day: string, clock: string): string {
  const at = new Date(day + clock) // without a zone: by the reader's clock (ECMA-262 21.4.1.32)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(at.getTime()) ? at.toISOString() : ''
}

/** The clock of a place now. */
export interface PlaceClock {
  day: string // YYYY-MM-DD
  clock: string // HH:MM, 24 hours
  weekday: number // ISO 8601: 1 Monday … 7 Sunday
}

/** What day and hour it is there, so that "open today" is right for a reader in another time zone. */
export function placeClock(now: Date, timeZone: string): PlaceClock {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(now)
      .map((p) => [p.type, p.value]),
  )
  const day = `${parts.year}-${parts.month}-${parts.day}`
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  return { day, clock: `${parts.hour}:${parts.minute}`, weekday }
}

/** When the clock of a place shows an hour (HH:MM) of the day after the one that it is there now. */
export function tomorrowThere(now: Date, clock: string, timeZone: string): Date {
  const next = Date.parse(`${placeClock(now, timeZone).day}T${clock}Z`) + 86_400_000
  const shown = placeClock(new Date(next), timeZone)
  return new Date(2 * next - Date.parse(`${shown.day}T${shown.clock}Z`))
}

/** The name of an ISO weekday: 周一, Mon. */
export function formatWeekday(weekday: number, lang: Lang, style: 'short' | 'long' = 'short'): string {
  // 1 January 2024 was a Monday.
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'zh-CN', { weekday: style, timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, weekday)))
}

/** Days of the week in words, runs joined: [2,3,4,5,6,7] → 周二至周日 / Tue–Sun. */
export function formatWeekdays(days: readonly number[], lang: Lang): string {
  const sorted = [...new Set(days)].filter((d) => d >= 1 && d <= 7).sort((a, b) => a - b)
  if (sorted.length === 7) return lang === 'en' ? 'Every day' : '每天'
  const runs: number[][] = []
  for (const day of sorted) {
    const run = runs[runs.length - 1]
    if (run && run[run.length - 1] === day - 1) run.push(day)
    else runs.push([day])
  }
  const name = (d: number) => formatWeekday(d, lang)
  const said = runs.map((run) => (run.length > 2 ? `${name(run[0]!)}${lang === 'en' ? '–' : '至'}${name(run[run.length - 1]!)}` : formatList(run.map(name), lang)))
  return formatList(said, lang)
}

/** How long ago a moment was, in words: minutes below an hour, hours below two days, then days. The future is now. */
export function formatAge(at: string, now: number, lang: Lang): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / 60_000))
  const say = new Intl.RelativeTimeFormat(lang === 'en' ? 'en-GB' : 'zh-CN', { numeric: 'auto' })
  if (minutes < 1) return say.format(0, 'second')
  if (minutes < 60) return say.format(-minutes, 'minute')
  return minutes < 48 * 60 ? say.format(-Math.floor(minutes / 60), 'hour') : say.format(-Math.floor(minutes / 1440), 'day')
}
