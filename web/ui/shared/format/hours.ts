import type { OpeningHours, Season, WeekDay } from '../api/types'
import type { PlaceClock } from './date'

/**
 * Whether a house is open now, at its own clock. `unknown` is not `closed`: no rule covers the day, and a screen then says
 * 以官方公告为准. The rules are those of the server: single days before seasons, the first season that covers the day decides.
 */
export type OpenNow =
  | { state: 'unknown' }
  | { state: 'closedToday' }
  | { state: 'open' | 'lastEntryPassed' | 'notYet' | 'over'; opens: string; closes: string; lastEntry: string }

function covers(season: Season, monthDay: string): boolean {
  const { from, to } = season
  if (!from || !to) return true
  return from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to
}

/** The season in force on a day. */
export function seasonOn(hours: OpeningHours | null | undefined, day: string): Season | undefined {
  return hours?.seasons?.find((s) => covers(s, day.slice(5)))
}

/** The rule of a day, undefined when none covers it. */
export function ruleOn(hours: OpeningHours | null | undefined, at: PlaceClock): Omit<WeekDay, 'days'> | undefined {
  const exception = hours?.exceptions?.find((e) => e.day === at.day)
  if (exception) return exception
  return seasonOn(hours, at.day)?.week.find((w) => w.days.includes(at.weekday))
}

export function openNow(hours: OpeningHours | null | undefined, at: PlaceClock): OpenNow {
  const rule = ruleOn(hours, at)
  if (!rule) return { state: 'unknown' }
  if (rule.closed) return { state: 'closedToday' }
  if (!rule.opens || !rule.closes) return { state: 'unknown' }
  const { opens, closes } = rule
  const lastEntry = rule.lastEntry ?? ''
  const state =
    at.clock < opens ? 'notYet' : at.clock >= closes ? 'over' : lastEntry && at.clock > lastEntry ? 'lastEntryPassed' : 'open'
  return { state, opens, closes, lastEntry }
}
