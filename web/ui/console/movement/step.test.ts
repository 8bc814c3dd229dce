import { describe, expect, it } from 'vitest'
import type { Action } from '../session/permissions'
import { isSecond, stepsOf, toneOf } from './step'

const order = (over: object) => ({ org: 'm', state: 'requested', requestedBy: { id: 'asker', name: '' }, handOut: null, takeBack: null, ...over }) as Parameters<typeof stepsOf>[0]
const who = (id: string, ...rights: Action[]) => ({ id, can: (action: Action, org: string) => org === 'm' && rights.includes(action) })
const first = { first: { id: 'k1', name: '' } }

describe('what may be done about an order', () => {
  it.each([
    ['another approves', {}, who('boss', 'movement.approve'), ['approve', 'refuse', 'cancel']],
    ['nobody approves the own request', {}, who('asker', 'movement.approve'), ['cancel']],
    ['who asked may cancel', {}, who('asker', 'movement.request'), ['cancel']],
    ['a keeper hands out what is approved', { state: 'approved' }, who('k1', 'movement.hand'), ['hand-out']],
    ['the first cannot be the second', { state: 'handingOut', handOut: first }, who('k1', 'movement.hand'), ['recall']],
    ['another is the second', { state: 'handingOut', handOut: first }, who('k2', 'movement.hand'), ['hand-out']],
    ['what is out comes back', { state: 'out' }, who('k1', 'movement.hand'), ['take-back']],
    ['by two persons', { state: 'takingBack', takeBack: first }, who('k2', 'movement.hand'), ['take-back']],
    ['nothing is done about an end', { state: 'returned' }, who('k1', 'movement.hand', 'movement.approve'), []],
    ['another museum', { org: 'other' }, who('boss', 'movement.approve', 'movement.hand'), []],
  ])('%s', (_rule, over, reader, want) => expect(stepsOf(order(over), reader)).toEqual(want))

  it('knows the second of two persons, and what is late', () => {
    expect([isSecond({ state: 'handingOut' }), isSecond({ state: 'approved' })]).toEqual([true, false])
    expect(toneOf({ state: 'out', overdue: true })).toBe('danger')
    expect(toneOf({ state: 'out', overdue: false })).toBeUndefined()
  })
})
