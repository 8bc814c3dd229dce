import type { components } from '@shared/api/schema'
import type { Action } from '../session/permissions'

type Movement = components['schemas']['MovementView']

/** The states of an order, in the order of screens. */
export const movementStates = ['requested', 'approved', 'handingOut', 'out', 'takingBack', 'returned', 'refused', 'cancelled'] as const

/** What may be done about an order; the server decides again. */
export type Step = 'approve' | 'refuse' | 'cancel' | 'hand-out' | 'take-back' | 'recall'

export const toneOf = (m: Pick<Movement, 'state' | 'overdue'>): string | undefined =>
  m.overdue ? 'danger' : { requested: 'ochre', handingOut: 'ochre', takingBack: 'ochre', refused: 'danger' }[m.state as string]

interface Who {
  id: string | undefined
  can: (action: Action, org: string) => boolean
}

/** The steps that the state of an order and the rights of the reader allow. */
export function stepsOf(m: Pick<Movement, 'state' | 'org' | 'requestedBy' | 'handOut' | 'takeBack'>, who: Who): Step[] {
  const may = (action: Action) => who.can(action, m.org)
  const own = m.requestedBy.id === who.id
  const steps: [Step, boolean][] = [
    ['approve', m.state === 'requested' && may('movement.approve') && !own],
    ['refuse', m.state === 'requested' && may('movement.approve') && !own],
    ['hand-out', (m.state === 'approved' || (m.state === 'handingOut' && m.handOut?.first.id !== who.id)) && may('movement.hand')],
    ['take-back', (m.state === 'out' || (m.state === 'takingBack' && m.takeBack?.first.id !== who.id)) && may('movement.hand')],
    ['recall', ((m.state === 'handingOut' && m.handOut?.first.id === who.id) || (m.state === 'takingBack' && m.takeBack?.first.id === who.id)) && may('movement.hand')],
    ['cancel', (m.state === 'requested' || m.state === 'approved') && (own || may('movement.approve'))],
  ]
  return steps.filter(([, allowed]) => allowed).map(([step]) => step)
}

/** Whether the reader would be the second of the two persons. */
export const isSecond = (m: Pick<Movement, 'state'>): boolean => m.state === 'handingOut' || m.state === 'takingBack'
