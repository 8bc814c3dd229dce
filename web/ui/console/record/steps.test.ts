import { describe, expect, it } from 'vitest'
import type { Actor } from '../session/session'
import { kinds } from './kinds'
import { stepsFor } from './steps'
import type { StaffRecord } from './types'

const org = 'demo-museum'
const actor = (id: string, ...actions: string[]) => ({ id, can: Object.fromEntries(actions.map((a) => [a, [org]])) }) as unknown as Actor
const record = (over: object): StaffRecord =>
  ({ id: 'r', org, rev: 3, author: { id: 'anna', name: '' }, changed: false, publication: { state: 'hidden' }, review: { state: 'draft' }, ledger: { state: 'held' }, fields: {}, ...over }) as StaffRecord
const names = (who: Actor, rec: StaffRecord, kind = kinds.relics!) => stepsFor(kind, rec, who).map((s) => (s.refused ? `${s.name}!${s.refused}` : s.name))

describe('the steps of a record', () => {
  const inReview = { review: { state: 'inReview', submittedBy: { id: 'anna', name: '' } } }
  it.each([
    ['who writes submits a draft', actor('anna', 'record.write'), {}, ['submit']],
    ['who submitted recalls', actor('anna', 'record.write'), inReview, ['recall']],
    ['another does not recall', actor('bert', 'record.write'), inReview, []],
    ['a reviewer approves or sends back what another wrote', actor('cora', 'record.review'), inReview, ['approve', 'sendBack']],
    ['nobody approves his own', actor('anna', 'record.review'), inReview, ['approve!own', 'sendBack']],
    ['what is not reviewed is not published', actor('cora', 'record.publish'), {}, ['publish!notReviewed']],
    ['what is reviewed is published', actor('cora', 'record.publish'), { review: { state: 'reviewed' } }, ['publish']],
    ['what is shown can be withdrawn only', actor('cora', 'record.publish'), { review: { state: 'reviewed' }, publication: { state: 'published' } }, ['withdraw']],
    ['newer content can be shown', actor('cora', 'record.publish'), { changed: true, review: { state: 'reviewed' }, publication: { state: 'published' } }, ['publish', 'withdraw']],
    ['the ledger goes its own way', actor('dora', 'ledger.write'), {}, ['onLoan', 'transferred', 'deaccessioned']],
    ['an end is an end', actor('dora', 'ledger.write'), { ledger: { state: 'deaccessioned' } }, []],
    ['an auditor does nothing', actor('eve', 'record.read'), inReview, []],
  ] as const)('%s', (_rule, who, over, want) => expect(names(who, record(over))).toEqual(want))
  it('of an area need no review', () => {
    const who = { id: 'm', can: { 'area.publish': [org] } } as unknown as Actor
    expect(names(who, record({}), kinds.areas)).toEqual(['publish'])
  })
})
