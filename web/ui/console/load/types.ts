import type { components } from '@shared/api/schema'

export type Load = components['schemas']['View']
export type Row = components['schemas']['RowView']
export type Problem = components['schemas']['LoadProblem']
export type RowState = Row['state']

/** The states of rows in the order of the tabs. */
export const rowStates: readonly RowState[] = ['faulty', 'doubtful', 'ready', 'written', 'skipped', 'undone', 'kept']

/** Whether a load is at work by itself: then its counts are read again. */
export const atWork = (load: Pick<Load, 'state'>): boolean => load.state === 'checking' || load.state === 'writing' || load.state === 'undoing'

/** How much of what can be written is written, 0 to 100. */
export function shareDone(counts: Load['counts']): number {
  const all = counts.written + counts.ready
  return all === 0 ? 0 : Math.round((100 * counts.written) / all)
}

/** The problems of a row by the column that they are at; -1 is the whole row. */
export function problemsByColumn(row: Pick<Row, 'problems'>): Map<number, Problem[]> {
  const out = new Map<number, Problem[]>()
  for (const p of row.problems) out.set(p.column, [...(out.get(p.column) ?? []), p])
  return out
}
