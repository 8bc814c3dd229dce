import { describe, expect, it } from 'vitest'
import type { OpeningHours } from '../api/types'
import { openNow, seasonOn } from './hours'

const hours: OpeningHours = {
  seasons: [
    { name: { zh: '冬季' }, from: '11-01', to: '03-31', week: [{ days: [2, 3, 4, 5, 6, 7], opens: '09:00', closes: '17:00', lastEntry: '16:00' }, { days: [1], closed: true }] },
    { name: { zh: '夏季' }, from: '04-01', to: '10-31', week: [{ days: [2, 3, 4, 5, 6], opens: '09:00', closes: '18:00' }] },
  ],
  exceptions: [{ day: '2026-10-05', opens: '08:00', closes: '20:00' }],
}
const at = (day: string, clock: string, weekday: number) => ({ day, clock, weekday })

describe('openNow', () => {
  it.each([
    ['open', at('2026-11-24', '10:00', 2), 'open'],
    ['after the last entry one cannot come in any more', at('2026-11-24', '16:01', 2), 'lastEntryPassed'],
    ['at the last entry one still can', at('2026-11-24', '16:00', 2), 'open'],
    ['before it opens', at('2026-11-24', '08:59', 2), 'notYet'],
    ['at its closing it is over', at('2026-11-24', '17:00', 2), 'over'],
    ['closed on its closing day', at('2026-11-23', '10:00', 1), 'closedToday'],
    ['a season over the turn of the year', at('2027-01-05', '10:00', 2), 'open'],
    ['a day without a rule is unknown, not closed', at('2026-07-05', '10:00', 7), 'unknown'],
    ['a single day comes before the season', at('2026-10-05', '19:00', 1), 'open'],
  ])('%s', (_rule, when, want) => {
    expect(openNow(hours, when).state).toBe(want)
  })
  it.each([[undefined], [null], [{ seasons: [] }]])('nothing known is unknown: %o', (none) => {
    expect(openNow(none, at('2026-11-24', '10:00', 2))).toEqual({ state: 'unknown' })
  })
  it('tells the season in force', () => {
    expect(seasonOn(hours, '2026-06-01')?.name?.zh).toBe('夏季')
  })
})
