import { session, type Actor } from './session'

/** What somebody may do, as the server names it (internal/actor). */
export type Action =
  | 'record.read' | 'record.write' | 'record.remove' | 'record.review' | 'record.publish' | 'record.import' | 'ledger.write' | 'location.read'
  | 'area.read' | 'area.write' | 'area.publish' | 'media.write' | 'account.read' | 'account.write' | 'audit.read'
  | 'movement.read' | 'movement.request' | 'movement.approve' | 'movement.hand' | 'alarm.read' | 'alarm.answer' | 'alarm.setup' | 'device.read' | 'device.write'

type Rights = Pick<Actor, 'can'> | undefined

/** Whether the actor may do it in the organisation; without one, whether he may do it anywhere. */
export function may(actor: Rights, action: Action, org?: string): boolean {
  const orgs = actor?.can[action] ?? []
  return org === undefined ? orgs.length > 0 : orgs.includes('*') || orgs.includes(org)
}

/** Whether the actor may do it in every organisation. */
export function mayEverywhere(actor: Rights, action: Action): boolean {
  return actor?.can[action]?.includes('*') ?? false
}

/** The organisations out of `known` in which the actor may do it, in the order of `known`. */
export function orgsFor<T extends { id: string }>(actor: Rights, action: Action, known: readonly T[]): T[] {
  return known.filter((org) => may(actor, action, org.id))
}

/** may() for whoever is logged in. */
export const can = (action: Action, org?: string): boolean => may(session.actor, action, org)
