import { describe, expect, it } from 'vitest'
import { fits, type RuleData, ruleKinds, spanOf, tidy, unitOf, uses } from './rule'

const full: RuleData = {
  kind: 'limit', quantity: 'relative-humidity', unit: '%', low: 40, high: 60, hysteresis: 2, holdS: 1800, clearS: 900, spanS: 3600, times: 3, class: 'sensitive', surfaceBelowK: 8, severity: 3, source: { text: 'x', verified: false },
}

describe('a rule that is sent', () => {
  it('has no field that its kind does not have', () => {
    for (const kind of ruleKinds) {
      const sent = tidy({ ...full, kind })
      const u = uses(kind)
      expect(sent.quantity !== undefined, kind).toBe(u.quantity)
      expect(sent.low !== undefined, kind).toBe(u.low)
      expect(sent.high !== undefined, kind).toBe(u.high)
      expect(sent.spanS !== undefined, kind).toBe(u.span)
      expect(sent.hysteresis > 0, kind).toBe(u.hysteresis)
      expect(sent.times !== undefined, kind).toBe(kind === 'spike')
    }
  })
  it('says its unit as people write it', () => {
    expect(unitOf({ kind: 'limit', unit: 'Cel' })).toBe('°C')
    expect(unitOf({ kind: 'dew-point' })).toBe('K')
  })
})

const device = (kind: string, ...quantities: string[]) => ({ fields: { kind, channels: quantities.map((quantity) => ({ quantity })) } }) as unknown as Parameters<typeof fits>[1]

describe('a rule of hours or of passages', () => {
  it('is about the devices that see somebody, or something pass', () => {
    expect(fits('hours', device('gate'))).toBe(true)
    expect(fits('hours', device('instrument', 'relative-humidity'))).toBe(false)
    expect(fits('hours', device('instrument', 'presence'))).toBe(true)
    expect(fits('passage', device('portal'))).toBe(true)
    expect(fits('passage', device('gate'))).toBe(false)
    expect(fits('limit', device('reader'))).toBe(false)
  })
  it('sends its hours, and no bound and no hold that it does not have', () => {
    const hours = [{ days: [1, 2], from: '09:00', to: '17:00' }]
    expect(tidy({ ...full, kind: 'passage', hours })).toEqual({ kind: 'passage', severity: 3, source: full.source, hysteresis: 0, holdS: 0, clearS: 0, hours })
    expect(tidy({ ...full, kind: 'hours', hours })).toEqual({ kind: 'hours', severity: 3, source: full.source, hysteresis: 0, holdS: 1800, clearS: 900, hours })
    expect(tidy({ ...full, kind: 'stuck', hours }).hours).toBeUndefined()
  })
  it('says its hours as people do', () => {
    const said = (days: number[]) => spanOf({ days, from: '09:00', to: '17:00' }, String, 'every')
    expect(said([])).toBe('every 09:00–17:00')
    expect(said([5, 1, 2, 3, 4])).toBe('1–5 09:00–17:00')
    expect(said([6, 1])).toBe('1、6 09:00–17:00')
  })
})
