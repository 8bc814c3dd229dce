import { computed, ref, shallowRef } from 'vue'
import { readAll } from '@shared/api/pages'
import type { Area, Path, Spot } from '@shared/api/types'
import { useRequest } from '@shared/state/useRequest'
import { useApi } from '../api'
import { locate, type NoPosition, PositionError } from '../near/locate'
import { drawnOf, firstChoices, isOver, keepPlan, minutesLeft, type Plan, type PlanChoices, resumeAt, type SavedPlan, savedPlan, startOf } from './plans'

/** Spots and paths that a plan draws. */
const most = 1000

/** The plan of one area: made, made anew, and kept in this browser. */
export function usePlan(area: string) {
  const api = useApi()
  const saved = shallowRef<SavedPlan | undefined>(savedPlan(area))
  const choices = ref<PlanChoices>({ ...firstChoices, ...saved.value?.choices })
  const noPosition = ref<NoPosition>()
  /** Today was over: the plan is for tomorrow, although nobody asked for that. */
  const moved = ref(false)

  function keep(next: SavedPlan | undefined): void {
    saved.value = next
    keepPlan(area, next)
  }

  async function send(signal: AbortSignal, question: Record<string, unknown>): Promise<Plan> {
    const { minutes, accessible, pace, interests, must, avoid } = choices.value
    return api.post<Plan>('/plans', { areaId: area, budgetMinutes: minutes, accessible, pace, interests, must, avoid, ...question }, { signal, timeoutMs: 20_000 })
  }

  async function position(): Promise<Record<string, unknown>> {
    noPosition.value = undefined
    if (choices.value.start !== 'here') return {}
    try {
      return { start: await locate() }
    } catch (err) {
      noPosition.value = err instanceof PositionError ? err.reason : 'unavailable'
      return {} // from the gate, and the screen says why
    }
  }

  /** A plan for now; when everything is shut, and a new plan was asked for, the one for tomorrow. */
  async function inTime(signal: AbortSignal, question: Record<string, unknown>, at: Date, timeZone: string, anew: boolean): Promise<[Plan, Date]> {
    moved.value = false
    const plan = await send(signal, question)
    if (!anew || choices.value.when !== 'now' || plan.stops.length > 0 || !plan.left.some((l) => l.why.code === 'shut')) return [plan, at]
    const later = startOf('tomorrow', at, timeZone)
    const tomorrow = await send(signal, { ...question, startAt: later.toISOString() })
    if (tomorrow.stops.length === 0) return [plan, at]
    moved.value = true
    return [tomorrow, later]
  }

  const request = useRequest<Plan, [anew: boolean]>(
    async (signal, anew) => {
      const now = new Date()
      const before = anew && saved.value && !isOver(saved.value, now) ? saved.value : undefined
      const of = `/areas/${encodeURIComponent(area)}`
      const about = await api.get<Area>(of, {}, signal)
      const timeZone = about.timeZone || 'Asia/Shanghai'
      const at = before ? resumeAt(before, now) : startOf(choices.value.when, now, timeZone)
      const done = before?.done.map((d) => d.spotId) ?? []
      const question = before
        ? {
            startAt: at.toISOString(),
            budgetMinutes: minutesLeft(before.deadline, at),
            done,
            before: before.plan.stops.map((s) => s.spotId).filter((id) => !done.includes(id)),
            ...(done.length > 0 && choices.value.start !== 'here' ? { startSpot: done[done.length - 1] } : await position()),
          }
        : { startAt: at.toISOString(), ...(await position()) }
      const [[plan, begins], spots, paths] = await Promise.all([
        inTime(signal, question, at, timeZone, before === undefined),
        readAll<Spot>(api, `${of}/spots`, {}, signal, most),
        readAll<Path>(api, `${of}/paths`, {}, signal, most),
      ])
      keep({
        form: 1,
        area: about.name,
        timeZone,
        schematic: about.schematic === true,
        choices: { ...choices.value },
        plan,
        done: before?.done ?? [],
        deadline: before?.deadline ?? new Date(begins.getTime() + choices.value.minutes * 60_000).toISOString(),
        ...drawnOf(plan, spots, paths),
      })
      return plan
    },
    { keep: true },
  )

  /** Marks a stop as seen, or takes the mark back. */
  function see(spotId: string): void {
    const now = saved.value
    const stop = now?.plan.stops.find((s) => s.spotId === spotId)
    if (!now || !stop) return
    const done = now.done.some((d) => d.spotId === spotId) ? now.done.filter((d) => d.spotId !== spotId) : [...now.done, { spotId, name: stop.name }]
    keep({ ...now, done })
  }

  /** Asks for a plan with a spot, or without it. */
  function want(spotId: string, wanted: boolean): Promise<void> {
    const { must, avoid } = choices.value
    const without = (list: string[]) => list.filter((id) => id !== spotId)
    choices.value = { ...choices.value, must: wanted ? [...without(must), spotId] : without(must), avoid: wanted ? without(avoid) : [...without(avoid), spotId] }
    return request.run(saved.value !== undefined)
  }

  return {
    saved,
    choices,
    noPosition,
    moved,
    request,
    see,
    want,
    seen: computed(() => new Set(saved.value?.done.map((d) => d.spotId))),
    /** A new plan by what is chosen. */
    make: () => request.run(false),
    /** The rest of the plan anew, from here and now. */
    remake: () => request.run(true),
  }
}
