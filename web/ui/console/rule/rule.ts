import type { components } from '@shared/api/schema'

export type Rule = components['schemas']['RuleView']
export type RuleData = Rule['fields']['rule']
export type Maintenance = components['schemas']['MaintenanceView']
export type Limits = components['schemas']['LimitsView']
export type Trial = components['schemas']['DryRunView']

export type Span = NonNullable<RuleData['hours']>[number]
type Device = components['schemas']['DeviceView']

/** Kinds of rules, in the order of screens. */
export const ruleKinds = ['limit', 'rate', 'swing', 'silence', 'stuck', 'spike', 'dew-point', 'mould', 'light-dose', 'hours', 'passage'] as const

/** Which fields a kind has. */
export const uses = (kind: string): { quantity: boolean; low: boolean; high: boolean; hysteresis: boolean; hold: boolean; clear: boolean; span: boolean; hours: boolean } => {
  const one = ['limit', 'rate', 'swing', 'silence', 'stuck', 'spike'].includes(kind)
  return {
    quantity: one,
    low: kind === 'limit' || kind === 'dew-point',
    high: !['silence', 'dew-point', 'hours', 'passage'].includes(kind),
    hysteresis: !['silence', 'stuck', 'spike', 'hours', 'passage'].includes(kind),
    hold: !['silence', 'stuck', 'passage'].includes(kind),
    clear: kind !== 'passage',
    span: ['rate', 'swing', 'silence', 'stuck', 'spike'].includes(kind),
    hours: ['limit', 'rate', 'swing', 'dew-point', 'hours', 'passage'].includes(kind),
  }
}

/** Whether a rule of a kind can be about a device. */
export function fits(kind: string, { fields }: Device): boolean {
  if (kind === 'passage') return fields.kind === 'reader' || fields.kind === 'portal'
  if (kind === 'hours') return fields.kind === 'gate' || (fields.channels ?? []).some((c) => c.quantity === 'presence')
  return fields.kind === 'instrument'
}

/** Hours as one reads them; `day` names a day from 1, Monday. */
export function spanOf(span: Span, day: (n: number) => string, everyDay: string): string {
  const days = [...(span.days ?? [])].sort()
  const inRow = days.length > 2 && days.at(-1)! - days[0]! === days.length - 1
  const which = days.length === 0 || days.length === 7 ? everyDay : inRow ? `${day(days[0]!)}–${day(days.at(-1)!)}` : days.map(day).join('、')
  return `${which} ${span.from}–${span.to}`
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
  const out: RuleData = { kind: rule.kind, severity: rule.severity, source: rule.source, hysteresis: u.hysteresis ? rule.hysteresis : 0, holdS: u.hold ? rule.holdS : 0, clearS: u.clear ? rule.clearS : 0 }
  if (u.quantity && rule.quantity) out.quantity = rule.quantity
  if (u.low && typeof rule.low === 'number') out.low = rule.low
  if (u.high && typeof rule.high === 'number') out.high = rule.high
  if (u.span && rule.spanS) out.spanS = rule.spanS
  if (rule.kind === 'spike' && rule.times) out.times = rule.times
  if (rule.kind === 'mould' && rule.class) out.class = rule.class
  if (rule.kind === 'dew-point' && rule.surfaceBelowK) out.surfaceBelowK = rule.surfaceBelowK
  if (rule.gapS) out.gapS = rule.gapS
  if (u.hours && rule.hours?.length) out.hours = rule.hours
  if (rule.timeZone) out.timeZone = rule.timeZone
  return out
}
