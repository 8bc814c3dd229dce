import type { components } from '@shared/api/schema'
import type { Tree } from './path'

export type Review = components['schemas']['Review']
export type Publication = components['schemas']['Publication']
export type Ledger = components['schemas']['Ledger']
export type BulkReport = components['schemas']['BulkReport']
export type ReviewStep = components['schemas']['ReviewRequest']['step']

/** A record in the staff view, whatever its type. Heritage records have a review, relics a ledger too. */
export interface StaffRecord {
  id: string
  org: string
  rev: number
  createdAt: string
  updatedAt: string
  author: { id: string; name: string }
  changed: boolean
  publication: Publication
  review?: Review
  ledger?: Ledger
  loadId?: string
  fields: Tree
}

export interface StaffPage {
  items: StaffRecord[]
  cursor: string
}

/** The entity tag of a revision in the staff view, for If-Match: the server compares the revision. */
export const tagOf = (rec: { rev: number }): string => `"${rec.rev}-staff-zh"`
