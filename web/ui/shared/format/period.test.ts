import { describe, expect, it } from 'vitest'
import { readPeriod, writePeriod } from './period'

describe('a period', () => {
  it.each([
    ['-770..-476', { from: -770, to: -476 }],
    ['-221..220', { from: -221, to: 220 }],
    ['1840..', { from: 1840 }],
    ['..-2000', { to: -2000 }],
    ['-2100000..-2000', { from: -2_100_000, to: -2000 }],
  ])('%s comes back as it went', (text, want) => {
    expect(readPeriod(text)).toEqual(want)
    expect(writePeriod(want)).toBe(text)
  })
  it('may be one year', () => {
    expect(readPeriod('-476')).toEqual({ from: -476, to: -476 })
  })
  it.each(['', '..', '0..100', '-5..0', '5..1', 'Tang', '1e3..', '1..2..3', '1234567890..', '１..２', '5.5..6'])('%s is none', (text) => {
    expect(readPeriod(text)).toBeUndefined()
  })
  it('of all times is written as nothing', () => {
    expect(writePeriod({})).toBe('')
  })
})
