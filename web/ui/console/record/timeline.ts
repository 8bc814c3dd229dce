import type { components } from '@shared/api/schema'
import type { IconName } from '@shared/components/icons'
import { dayOf } from '@shared/format'

/** Something that happened to a relic, as the server tells it. */
export type Happening = components['schemas']['Happening']

/** How many happenings one question asks for. */
export const pageSize = 100

/** The happenings of one day by the reader's clock, the newest first. */
export interface Day {
  day: string // YYYY-MM-DD
  items: Happening[]
}

/** Puts happenings, the newest first, into days. */
export function byDay(list: readonly Happening[]): Day[] {
  const out: Day[] = []
  for (const h of list) {
    const day = dayOf(new Date(h.at))
    if (out.at(-1)?.day === day) out.at(-1)!.items.push(h)
    else out.push({ day, items: [h] })
  }
  return out
}

/**
 * Reads the newest pages of a timeline. `ask` is given the moment before which to go on, none at first, and answers at
 * least `size` happenings while there are as many.
 */
export async function readPages(ask: (to?: string) => Promise<Happening[]>, pages: number, size: number): Promise<{ items: Happening[]; more: boolean }> {
  const items: Happening[] = []
  for (let left = pages; left > 0; left--) {
    const page = await ask(items.at(-1)?.at)
    items.push(...page)
    if (page.length < size) return { items, more: false }
  }
  return { items, more: true }
}

/** What stands beside a happening. */
export const iconOf = (h: Happening): IconName => {
  switch (h.kind) {
    case 'alarm': return 'warning'
    case 'passage': return h.back ? 'back' : 'expand'
    case 'binding': return 'ticket'
    case 'movement': return 'path'
    default: return 'pin'
  }
}

/** Which sentence says it, below `timeline.says`. */
export const sentenceOf = (h: Happening): string => (h.kind !== 'passage' ? h.kind : h.back ? 'back' : 'exit')

/** Whether an order that covered it makes the sighting lawful: evidence that is kept. */
export const lawful = (h: Happening): boolean => (h.kind === 'passage' || h.kind === 'stay') && Boolean(h.movementId) && !h.alarmId

/** How loud it is: an alarm that is not resolved, or a way that raised one, is danger. */
export function toneOf(h: Happening): 'danger' | 'celadon' | undefined {
  if (h.kind === 'alarm') return h.verdict === 'false' || h.verdict === 'drill' || (h.alarmState === 'resolved' && h.verdict !== 'true') ? undefined : 'danger'
  if (h.kind === 'passage' && h.alarmId) return 'danger'
  return lawful(h) ? 'celadon' : undefined
}
