import { computed, type ComputedRef, onScopeDispose, shallowReactive, toValue, type MaybeRefOrGetter, watch } from 'vue'
import type { Client } from '@shared/api/client'
import type { components } from '@shared/api/schema'
import { useApi } from '../api'

/** How full an area is (GET /api/v1/comfort). */
export type Comfort = components['schemas']['ComfortView']

/** Milliseconds between two looks while somebody looks at the page. */
export const lookEvery = 15_000
const gather = 30
const most = 50

/** What is known, by area, and who shows it. One for each client, so that cards ask together and once. */
interface Board {
  known: Map<string, Comfort>
  shown: Map<string, number>
  wanted: Set<string>
  timer: ReturnType<typeof setTimeout> | undefined
  beat: ReturnType<typeof setInterval> | undefined
}
const boards = new WeakMap<Client, Board>()

function boardOf(api: Client): Board {
  let board = boards.get(api)
  if (!board) boards.set(api, (board = { known: shallowReactive(new Map()), shown: new Map(), wanted: new Set(), timer: undefined, beat: undefined }))
  return board
}

async function look(api: Client, board: Board): Promise<void> {
  board.timer = undefined
  const ids = [...board.wanted]
  board.wanted.clear()
  for (let at = 0; at < ids.length; at += most) {
    try {
      const { items } = await api.get<{ items: Comfort[] }>('/comfort', { areas: ids.slice(at, at + most).sort().join(',') })
      for (const item of items) board.known.set(item.areaId, item)
    } catch {
      // Nothing new is known: what is shown keeps its time, by which its age is seen.
    }
  }
}

function want(api: Client, board: Board, ids: Iterable<string>): void {
  for (const id of ids) board.wanted.add(id)
  if (board.wanted.size > 0) board.timer ??= setTimeout(() => void look(api, board), gather)
}

/** How full an area is, kept fresh while the component lives; undefined until it is known, or for what is no area. */
export function useComfort(area: MaybeRefOrGetter<string | undefined>): ComputedRef<Comfort | undefined> {
  const api = useApi()
  const board = boardOf(api)
  const leave = (id: string): void => {
    const n = (board.shown.get(id) ?? 1) - 1
    if (n > 0) board.shown.set(id, n)
    else board.shown.delete(id)
    if (board.shown.size === 0) {
      clearInterval(board.beat)
      board.beat = undefined
    }
  }
  watch(
    () => toValue(area),
    (id, was) => {
      if (was) leave(was)
      if (!id) return
      board.shown.set(id, (board.shown.get(id) ?? 0) + 1)
      want(api, board, [id])
      board.beat ??= setInterval(() => {
        if (document.visibilityState === 'visible') want(api, board, board.shown.keys())
      }, lookEvery)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    const id = toValue(area)
    if (id) leave(id)
  })
  return computed(() => {
    const id = toValue(area)
    return id ? board.known.get(id) : undefined
  })
}
