import { may } from '../session/permissions'
import type { Actor } from '../session/session'
import type { RecordKind } from './kinds'
import type { ReviewStep, StaffRecord } from './types'

/** Something that may be done with a record now. */
export interface Step {
  name: ReviewStep | 'publish' | 'withdraw' | 'held' | 'onLoan' | 'transferred' | 'deaccessioned'
  life: 'review' | 'publication' | 'ledger'
  /** A reason must be given. */
  reason: boolean
  /** Key below `refused` when the actor holds the right but this record is not for him. */
  refused?: 'own' | 'notReviewed' | 'shown'
}

/** What a step in the ledger notes beside its reason; '' is nothing. */
export interface LedgerEntry {
  voucher: string
  authority: string
  approval: string
  approvedOn: string
  dueBack: string
}

export const emptyEntry = (): LedgerEntry => ({ voucher: '', authority: '', approval: '', approvedOn: '', dueBack: '' })

const ledgerSteps: Record<string, Step['name'][]> = { pending: ['held'], held: ['onLoan', 'transferred', 'deaccessioned'], onLoan: ['held'] }

/** The steps that the state of a record and the rights of the actor allow, with those refused and why. */
export function stepsFor(kind: RecordKind, rec: StaffRecord, actor: Actor | undefined): Step[] {
  const out: Step[] = []
  const me = actor?.id
  if (kind.heritage && rec.review) {
    const { state, submittedBy } = rec.review
    if (state === 'draft' && may(actor, kind.write, rec.org)) out.push({ name: 'submit', life: 'review', reason: false })
    if (state === 'inReview') {
      const own = rec.author.id === me || submittedBy?.id === me
      if (may(actor, 'record.review', rec.org)) {
        out.push({ name: 'approve', life: 'review', reason: false, ...(own && { refused: 'own' as const }) })
        out.push({ name: 'sendBack', life: 'review', reason: true })
      }
      if (submittedBy?.id === me && may(actor, kind.write, rec.org)) out.push({ name: 'recall', life: 'review', reason: false })
    }
  }
  if (may(actor, kind.publish, rec.org)) {
    const shown = rec.publication.state === 'published'
    const notReviewed = kind.heritage && rec.review?.state !== 'reviewed'
    if (!shown || rec.changed) out.push({ name: 'publish', life: 'publication', reason: false, ...(notReviewed && { refused: 'notReviewed' as const }) })
    if (shown) out.push({ name: 'withdraw', life: 'publication', reason: true })
  }
  if (kind.ledger && may(actor, 'ledger.write', rec.org)) {
    for (const name of ledgerSteps[rec.ledger?.state ?? ''] ?? []) out.push({ name, life: 'ledger', reason: true })
  }
  return out
}
