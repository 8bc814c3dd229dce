import type { components } from '@shared/api/schema'

export type Policy = components['schemas']['AlarmPolicyView']
export type Rule = { severity: number; steps: Step[]; verifyMinutes: number | undefined }
export type Step = { role: string; minutes: number | undefined }

/** The roles that see alarms and so may be asked to answer them (internal/actor); the server takes no other. */
export const answering = ['dispatcher', 'keeper', 'approver', 'manager', 'admin', 'auditor']
/** The severities, the worst first. */
export const severities = [1, 2, 3, 4]
/** The steps of which a contact may be told: 0 when raised, n the n-th escalation. */
export const toldSteps = [0, 1, 2, 3, 4, 5]
/** How many steps a rule may have. */
export const maxSteps = 6

/** A copy of the rules of a policy that a form may change, the worst severity first. */
export const draftOf = (p: Policy): Rule[] =>
  severities.map((severity) => {
    const rule = p.rules.find((r) => r.severity === severity)
    return { severity, steps: (rule?.steps ?? []).map((s) => ({ ...s })), verifyMinutes: rule?.verifyMinutes }
  })

/** The rules as the server takes them: minutes that are not given are sent as 0, which it refuses beside the field. */
export const rulesOf = (draft: readonly Rule[]): Policy['rules'] =>
  draft.map((r) => ({ severity: r.severity, verifyMinutes: r.verifyMinutes ?? 0, steps: r.steps.map((s) => ({ role: s.role, minutes: s.minutes ?? 0 })) }))

/** How many minutes after an alarm each step is asked: the sum of those before it. */
export function startsAt(steps: readonly Step[]): number[] {
  let sum = 0
  return steps.map((s) => {
    const at = sum
    sum += s.minutes ?? 0
    return at
  })
}
