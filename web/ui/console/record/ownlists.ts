import type { OwnList } from './field'

/** The codes of the lists that the program itself brings along, in the order of screens. */
export const ownLists: Readonly<Record<OwnList, readonly string[]>> = {
  confidence: ['high', 'medium', 'low'],
  subjectKind: ['area', 'spot', 'relic', 'site', 'museum'],
  weekday: ['1', '2', '3', '4', '5', '6', '7'],
}
