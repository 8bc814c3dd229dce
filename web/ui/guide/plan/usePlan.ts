import { computed, ref, shallowRef } from 'vue'
import { readAll } from '@shared/api/pages'
import type { Area, Path, Spot } from '@shared/api/types'
import { useRequest } from '@shared/state/useRequest'
import { useApi } from '../api'
import { locate, type NoPosition, PositionError } from '../near/locate'
import { drawnOf, firstChoices, isOver, keepPlan, keyOf, minutesLeft, placedOf, type Plan, type PlanChoices, type PlanScope, resumeAt, type SavedPlan, savedPlan, startOf } from './plans'

/** Spots and paths that a plan draws. */
const most = 1000

/** By whose clock a city is planned until the server has said. */
const usualZone = 'Asia/Shanghai'

/** Why nothing may be left of today. */
const closedCodes = new Set(['shut', 'daytime-only'])

/** The plan of one area or city: made, made anew, and kept in this browser. wanted is a place that it is asked for with. */
export function usePlan(scope: PlanScope, wanted = '') {
  const api = useApi()
  const name = keyOf(scope)
  const saved = shallowRef<SavedPlan | undefined>(savedPlan(name))
  const choices = ref<PlanChoices>({ ...firstChoices(scope), ...saved.value?.choices })
  if (wanted && !saved.value) choices.value.must = [wanted]
  const noPosition = ref<NoPosition>()
  /** Today was over: the plan is for tomorrow, although nobody asked for that. */
  const moved = ref(false)

  function keep(next: SavedPlan | undefined): void {
    saved.value = next
    keepPlan(name, next)
  }

  async function send(signal: AbortSignal, question: Record<string, unknown>): Promise<Plan> {
    const { minutes, accessible, pace, interests, must, avoid } = choices.value
    return api.post<Plan>('/plans', { ...(scope.city ? { city: scope.city } : { areaId: scope.area }), budgetMinutes: minutes, accessible, pace, interests, must, avoid, ...question }, { signal, timeoutMs: 20_000 })
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
    if (!anew || choices.value.when !== 'now' || plan.stops.length > 0 || !plan.left.some((l) => closedCodes.has(l.why.code))) return [plan, at]
    const later = startOf('tomorrow', at, timeZone)
    const tomorrow = await send(signal, { ...question, startAt: later.toISOString() })
    if (tomorrow.stops.length === 0) return [plan, at]
    moved.value = true
    return [tomorrow, later]
  }

  /** All spots and paths of the area. */
  async function drawn(signal: AbortSignal): Promise<[Spot[], Path[]]> {
    const of = `/areas/${encodeURIComponent(scope.area ?? '')}`
    return Promise.all([readAll<Spot>(api, `${of}/spots`, {}, signal, most), readAll<Path>(api, `${of}/paths`, {}, signal, most)])
  }

  const request = useRequest<Plan, [anew: boolean]>(
    async (signal, anew) => {
      const now = new Date()
      const before = anew && saved.value && !isOver(saved.value, now) ? saved.value : undefined
      const about = scope.area ? await api.get<Area>(`/areas/${encodeURIComponent(scope.area)}`, {}, signal) : undefined
      const timeZone = about?.timeZone || before?.timeZone || usualZone
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
      const [[plan, begins], drawing] = await Promise.all([inTime(signal, question, at, timeZone, before === undefined), about && drawn(signal)])
      keep({
        form: 1,
        area: about?.name ?? plan.city ?? {},
        city: scope.city ?? about?.division?.city?.zh ?? '',
        timeZone: about ? timeZone : plan.timeZone,
        schematic: about?.schematic === true,
        choices: { ...choices.value },
        plan,
        done: before?.done ?? [],
        deadline: before?.deadline ?? new Date(begins.getTime() + choices.value.minutes * 60_000).toISOString(),
        ...(drawing ? drawnOf(plan, ...drawing) : placedOf(plan)),
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
