import { describe, expect, it } from 'vitest'
import { type RuleData, ruleKinds, tidy, unitOf, uses } from './rule'

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
