import { ref } from 'vue'
import type { LiveChange } from '../frame/live'

interface Row {
  id: string
  rev: number
}

/**
 * Whether something has changed that a list does not show yet. What it shows already is no news, nor is a step that was
 * taken from it. `shown` gives its rows.
 */
export function createStale(topic: string, shown: () => readonly Row[]) {
  const stale = ref(false)
  /** The newest revision told of, by record; all of a resync stands under ''. */
  const told = new Map<string, number>()
  /** The revisions that own steps made. */
  const own = new Map<string, number>()

  function judge(): void {
    for (const row of [...shown(), ...[...own].map(([id, rev]) => ({ id, rev }))]) if ((told.get(row.id) ?? Infinity) <= row.rev) told.delete(row.id)
    stale.value = told.size > 0
  }
  return {
    stale,
    hear(change: LiveChange | undefined): void {
      if (change && change.topic !== topic) return
      if (!change) told.set('', 0)
      else if (change.op === 'put') told.set(change.id, Math.max(change.rev, told.get(change.id) ?? 0))
      else if (shown().some((row) => row.id === change.id)) told.set(change.id, Infinity)
      judge()
    },
    /** Remembers what own steps made: it is told of again, later. */
    took(made: readonly Row[]): void {
      for (const { id, rev } of made) own.set(id, rev)
      judge()
    },
    /** Call before the list is read, and what it gives when its rows are there: they show all that was told before. */
    reading(): () => void {
      const before = new Map(told)
      return () => {
        for (const [id, rev] of before) if (told.get(id) === rev) told.delete(id)
        judge()
      }
    },
  }
}
