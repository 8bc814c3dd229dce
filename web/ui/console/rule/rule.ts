import type { components } from '@shared/api/schema'

export type Rule = components['schemas']['RuleView']
export type RuleData = Rule['fields']['rule']
export type Maintenance = components['schemas']['MaintenanceView']
export type Limits = components['schemas']['LimitsView']
export type Trial = components['schemas']['DryRunView']

/** Kinds of rules of readings, in the order of screens. */
export const ruleKinds = ['limit', 'rate', 'swing', 'silence', 'stuck', 'spike', 'dew-point', 'mould', 'light-dose'] as const

/** Which fields a kind has. */
export const uses = (kind: string): { quantity: boolean; low: boolean; high: boolean; hysteresis: boolean; hold: boolean; span: boolean } => {
  const one = ['limit', 'rate', 'swing', 'silence', 'stuck', 'spike'].includes(kind)
  return {
    quantity: one,
    low: kind === 'limit' || kind === 'dew-point',
    high: kind !== 'silence' && kind !== 'dew-point',
    hysteresis: !['silence', 'stuck', 'spike'].includes(kind),
    hold: kind !== 'silence' && kind !== 'stuck',
    span: ['rate', 'swing', 'silence', 'stuck', 'spike'].includes(kind),
  }
}

/** The unit of the bounds of a rule. */
export function unitOf(rule: Pick<RuleData, 'kind' | 'unit'>): string {
  if (rule.kind === 'dew-point') return 'K'
  if (rule.kind === 'light-dose') return 'lx·h'
  return rule.unit === 'Cel' ? '°C' : (rule.unit ?? '')
}

/** Leaves out what the kind does not have, which the server would refuse. */
export function tidy(rule: RuleData): RuleData {
  const u = uses(rule.kind)
  const out: RuleData = { kind: rule.kind, severity: rule.severity, source: rule.source, hysteresis: u.hysteresis ? rule.hysteresis : 0, holdS: u.hold ? rule.holdS : 0, clearS: rule.clearS }
  if (u.quantity && rule.quantity) out.quantity = rule.quantity
  if (u.low && typeof rule.low === 'number') out.low = rule.low
  if (u.high && typeof rule.high === 'number') out.high = rule.high
  if (u.span && rule.spanS) out.spanS = rule.spanS
  if (rule.kind === 'spike' && rule.times) out.times = rule.times
  if (rule.kind === 'mould' && rule.class) out.class = rule.class
  if (rule.kind === 'dew-point' && rule.surfaceBelowK) out.surfaceBelowK = rule.surfaceBelowK
  if (rule.gapS) out.gapS = rule.gapS
  if (rule.hours?.length && !['mould', 'light-dose', 'silence', 'stuck', 'spike'].includes(rule.kind)) out.hours = rule.hours
  if (rule.timeZone) out.timeZone = rule.timeZone
  return out
}
