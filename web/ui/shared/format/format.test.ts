import { describe, expect, it } from 'vitest'
import {
  dayOf, endOf, formatAge, formatDay, formatDistance, formatLength, formatMass, formatMinutes, formatPrice, formatTime, formatWeekdays, formatYear, formatYears,
  placeClock, startOf, tomorrowThere,
} from './index'

describe('years', () => {
  it.each([
    [-670, '公元前670年', '670 BCE'],
    [700, '公元700年', '700 CE'],
    [1923, '1923年', '1923'],
    [0, '', ''],
    [null, '', ''],
    [undefined, '', ''],
  ])('%s', (year, zh, en) => {
    expect([formatYear(year, 'zh-CN'), formatYear(year, 'en')]).toEqual([zh, en])
  })
  it.each([
    [{ fromYear: -670, toYear: -570 }, '公元前670—前570年', '670–570 BCE'],
    [{ fromYear: -202, toYear: 220 }, '公元前202—公元220年', '202 BCE – 220 CE'],
    [{ fromYear: 618, toYear: 907 }, '公元618—907年', '618–907 CE'],
    [{ fromYear: 1368, toYear: 1644 }, '1368—1644年', '1368–1644'],
    [{ fromYear: 960, toYear: 1127 }, '公元960—1127年', '960–1127 CE'],
    [{ fromYear: 700, toYear: 700 }, '公元700年', '700 CE'],
    [{ fromYear: -7000, toYear: -5500, approximate: true }, '约公元前7000—前5500年', 'c. 7000–5500 BCE'],
    [{ fromYear: -1046, toYear: null }, '不早于公元前1046年', '1046 BCE or later'],
    [{ fromYear: null, toYear: 1911 }, '不晚于1911年', '1911 or earlier'],
    [{ fromYear: null, toYear: null, approximate: true }, '', ''],
    [undefined, '', ''],
  ])('%o', (span, zh, en) => {
    expect([formatYears(span, 'zh-CN'), formatYears(span, 'en')]).toEqual([zh, en])
  })
})

describe('unknown is not zero', () => {
  it.each([
    ['distance', formatDistance(0, 'zh-CN'), '0 米'],
    ['no distance', formatDistance(undefined, 'zh-CN'), ''],
    ['price', formatPrice(0, 'zh-CN'), '免费'],
    ['no price', formatPrice(null, 'zh-CN'), ''],
    ['length', formatLength(0, 'en'), '0 cm'],
    ['no length', formatLength(null, 'en'), ''],
    ['mass', formatMass(undefined, 'en'), ''],
    ['minutes', formatMinutes(0, 'en'), '0 min'],
    ['no minutes', formatMinutes(null, 'en'), ''],
  ])('%s', (_name, got, want) => {
    expect(got).toBe(want)
  })
})

describe('measures', () => {
  it.each([
    [formatDistance(63.4, 'zh-CN'), '63 米'],
    [formatDistance(996, 'en'), '1 km'],
    [formatDistance(1249, 'en'), '1.2 km'],
    [formatDistance(34321, 'zh-CN'), '34 公里'],
    [formatLength(1265, 'zh-CN'), '126.5 厘米'],
    [formatLength(1, 'en'), '0.1 cm'],
    [formatMass(64280, 'zh-CN'), '64.28 千克'],
    [formatMass(223.5, 'en'), '223.5 g'],
    [formatPrice(8000, 'en'), 'CN¥80'],
    [formatPrice(1250, 'zh-CN'), '12.50 元'],
    [formatMinutes(240, 'zh-CN'), '4 小时'],
    [formatMinutes(150, 'en'), '2 h 30 min'],
  ])('%s', (got, want) => {
    expect(got).toBe(want)
  })
})

describe('dates', () => {
  it.each([
    [formatDay('2026-03-01', 'zh-CN'), '2026年3月1日'],
    [formatDay('2026-03-01', 'en'), '1 March 2026'],
    [formatDay('2026-04-31', 'en'), ''],
    [formatDay('', 'en'), ''],
    [formatTime('2026-03-01T01:30:00Z', 'zh-CN', 'Asia/Shanghai'), '2026年3月1日 09:30'],
    [formatTime('nonsense', 'en'), ''],
  ])('%s', (got, want) => {
    expect(got).toBe(want)
  })
  it('a day begins and ends by the clock of the reader', () => {
    expect([new Date(startOf('2026-03-01')), new Date(endOf('2026-03-01'))]).toEqual([new Date(2026, 2, 1), new Date(2026, 2, 1, 23, 59, 59)])
    expect([startOf(''), endOf('2026-13-01'), startOf('2026-3-1')]).toEqual(['', '', ''])
    expect(dayOf(new Date(2026, 2, 1, 23, 59))).toBe('2026-03-01')
  })
  it('a place keeps its own day', () => {
    expect(placeClock(new Date('2026-11-22T23:30:00Z'), 'Asia/Shanghai')).toEqual({ day: '2026-11-23', clock: '07:30', weekday: 1 })
    expect(placeClock(new Date('2026-11-22T23:30:00Z'), 'Europe/London')).toEqual({ day: '2026-11-22', clock: '23:30', weekday: 7 })
  })
  it.each([
    ['2026-12-31T12:15:00Z', 'Asia/Shanghai', '2027-01-01T01:00:00.000Z'],
    ['2026-12-31T16:15:00Z', 'Asia/Shanghai', '2027-01-02T01:00:00.000Z'], // there it is the new year
    ['2026-12-31T12:15:00Z', 'America/New_York', '2027-01-01T14:00:00.000Z'],
  ])('nine of the day after %s in %s', (now, zone, then) => {
    expect(tomorrowThere(new Date(now), '09:00', zone).toISOString()).toBe(then)
  })
  it.each([
    [[2, 3, 4, 5, 6, 7], '周二至周日', 'Tue–Sun'],
    [[1], '周一', 'Mon'],
    [[1, 2, 3, 4, 5, 6, 7], '每天', 'Every day'],
    [[6, 7, 1], '周一、周六、周日', 'Mon, Sat, Sun'],
  ])('weekdays %o', (days, zh, en) => {
    expect([formatWeekdays(days, 'zh-CN'), formatWeekdays(days, 'en')]).toEqual([zh, en])
  })
})

describe('ages', () => {
  const at = '2026-10-01T04:00:00Z'
  it.each([
    [-30, '现在', 'now'],
    [20, '现在', 'now'],
    [60, '1分钟前', '1 minute ago'],
    [59 * 60, '59分钟前', '59 minutes ago'],
    [3 * 3600 + 5, '3小时前', '3 hours ago'],
    [49 * 3600, '前天', '2 days ago'],
  ])('%d seconds', (seconds, zh, en) => {
    const now = Date.parse(at) + seconds * 1000
    expect([formatAge(at, now, 'zh-CN'), formatAge(at, now, 'en')]).toEqual([zh, en])
  })
})
