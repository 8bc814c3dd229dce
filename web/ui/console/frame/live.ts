import { onScopeDispose, ref } from 'vue'
import { can, type Action } from '../session/permissions'

/** A record that changed somewhere. */
export interface LiveChange {
  topic: string
  id: string
  org: string
  rev: number
  op: 'put' | 'delete'
}

type Listener = (change: LiveChange | undefined) => void

const topics: [string, Action][] = [
  ['relics', 'record.read'], ['sites', 'record.read'], ['museums', 'record.read'], ['exhibitions', 'record.read'], ['places', 'record.read'],
  ['movements', 'movement.read'], ['loads', 'record.import'], ['areas', 'area.read'], ['occupancy', 'area.read'], ['accounts', 'account.read'],
  ['alarms', 'alarm.read'], ['media', 'record.read'], ['devices', 'device.read'], ['positions', 'device.read'],
]

const listeners = new Set<Listener>()
/** Whether the stream is open; null while nobody is logged in. */
export const liveState = ref<boolean | null>(null)
let source: EventSource | undefined

/** Opens the one stream of this page with every topic that the actor may hear. */
export function openLive(): void {
  closeLive()
  const names = topics.filter(([, action]) => can(action)).map(([name]) => name)
  if (names.length === 0) return
  source = new EventSource(`/api/v1/live?topics=${names.join(',')}`)
  source.addEventListener('open', () => (liveState.value = true))
  source.addEventListener('error', () => (liveState.value = false))
  source.addEventListener('change', (event) => {
    const change = JSON.parse((event as MessageEvent<string>).data) as LiveChange
    for (const tell of listeners) tell(change)
  })
  source.addEventListener('resync', () => {
    for (const tell of listeners) tell(undefined)
  })
}

export function closeLive(): void {
  source?.close()
  source = undefined
  liveState.value = null
}

/** Tells of each change while the component lives; undefined means: something was missed, read again. */
export function useLive(listener: Listener): void {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
}

/**
 * Runs `again` when something that concerns a screen has changed or was missed: `afterMs` after the first that is told of,
 * once for all that come meanwhile. A house tells of its things many times a second.
 */
export function useLiveAgain(concerns: (change: LiveChange) => boolean, again: () => unknown, afterMs: number): void {
  let due: ReturnType<typeof setTimeout> | undefined
  useLive((change) => {
    if (change && !concerns(change)) return
    due ??= setTimeout(() => {
      due = undefined
      void again()
    }, afterMs)
  })
  onScopeDispose(() => clearTimeout(due))
}
