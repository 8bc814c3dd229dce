import type { Coded, Named, Path, Spot, Text } from '@shared/api/types'
import { tomorrowThere } from '@shared/format'
import { remember, remembered } from '@shared/state/storage'

/** Where a plan is made: in an area, by its id, or in a city, by its Chinese name. */
export type PlanScope = { readonly area: string; readonly city?: undefined } | { readonly city: string; readonly area?: undefined }

/** Under which name a plan is kept. */
export const keyOf = (scope: PlanScope): string => scope.area ?? `city.${scope.city}`

/** Why a place is a stop or not: a code and its words. */
export interface PlanReason {
  code: string
  text: Text
}

export interface PlanStop {
  spotId: string
  kind: 'spot' | 'area' | 'museum' | 'site'
  name: Text
  location?: { lat: number; lon: number } | null
  arriveAt: string
  /** After arriveAt where one waits for the opening. */
  beginAt: string
  leaveAt: string
  walkM: number
  /** By vehicle; 0 in an area. */
  rideM: number
  paths: string[]
  estimated: boolean
  level?: Coded | null
  why: PlanReason[]
}

export interface PlanLeft {
  spotId: string
  name: Text
  must: boolean
  why: PlanReason
}

export interface PlanChange {
  spotId: string
  name: Text
  how: 'kept' | 'moved' | 'dropped' | 'added'
  why?: PlanReason | null
}

/** A walk through an area or a day in a city (POST /api/v1/plans). */
export interface Plan {
  areaId: string
  city?: Text | null
  timeZone: string
  computedAt: string
  startAt: string
  endAt: string
  gate?: Named | null
  stops: PlanStop[]
  homePaths: string[]
  homeM: number
  walkM: number
  rideM: number
  left: PlanLeft[]
  changes: PlanChange[]
  score: number
  estimated: boolean
  /** By what a city plan estimates ways, hours and lengths of stay. */
  estimate?: { name: string; version: number; text: Text } | null
  /** Places of the city that are not planned because too little of them is published. */
  unlisted: number
  crowd: { basis: 'none' | 'now' | 'forecast'; asOf?: string | null }
  simulated: boolean
}

/** What a visitor chooses. */
export interface PlanChoices {
  minutes: number
  accessible: '' | 'pushchair' | 'wheelchair'
  pace: 'slow' | 'normal' | 'fast'
  interests: string[]
  start: 'gate' | 'here'
  when: 'now' | 'tomorrow'
  must: string[]
  avoid: string[]
}

export const firstChoices = (scope: PlanScope): PlanChoices => ({ minutes: scope.city ? 480 : 180, accessible: '', pace: 'normal', interests: [], start: 'gate', when: 'now', must: [], avoid: [] })

/** Interests that say something of areas, museums and sites as a whole. */
export const cityInterests: readonly string[] = ['heritage', 'exhibitions', 'stories', 'children']

/** What is offered; the codes are those of the server's lists. */
export const offers = {
  minutes: [60, 120, 180, 240, 480],
  accessible: ['pushchair', 'wheelchair'],
  pace: ['slow', 'normal', 'fast'],
  interests: ['heritage', 'exhibitions', 'views', 'performances', 'stories', 'children', 'food', 'shopping'],
  start: ['gate', 'here'],
  when: ['now', 'tomorrow'],
} as const

/** A plan as the browser keeps it: with all that is needed to show it without a network. */
export interface SavedPlan {
  form: 1
  /** Name of the area or the city. */
  area: Text
  /** The city of the area, by its Chinese name; '' not known. */
  city?: string
  timeZone: string
  schematic: boolean
  choices: PlanChoices
  plan: Plan
  /** Seen, in the order in which they were. */
  done: { spotId: string; name: Text }[]
  /** When the time is up; making the plan anew does not move it. */
  deadline: string
  places: Record<string, [number, number]>
  lines: Record<string, [number, number][]>
}

const key = (name: string) => `plan.${name}`

/** The plan that this browser keeps under a name; what is broken or of another form is none. */
export function savedPlan(name: string): SavedPlan | undefined {
  try {
    const saved = JSON.parse(remembered(key(name)) ?? 'null') as SavedPlan | null
    return saved?.form === 1 && Array.isArray(saved.plan.stops) ? saved : undefined
  } catch {
    return undefined
  }
}

/** Keeps a plan in this browser and nowhere else; undefined forgets it. */
export function keepPlan(name: string, saved: SavedPlan | undefined): void {
  remember(key(name), saved && JSON.stringify(saved))
}

/** The paths of a plan, the way back to the gate included. */
export const waysOf = (plan: Plan): string[] => [...plan.stops.flatMap((s) => s.paths), ...plan.homePaths]

/** The places of the stops and the lines of the ways, for a map without a network. */
export function drawnOf(plan: Plan, spots: readonly Spot[], paths: readonly Path[]): Pick<SavedPlan, 'places' | 'lines'> {
  const ids = new Set([...plan.stops.map((s) => s.spotId), ...(plan.gate ? [plan.gate.id] : [])])
  const walked = new Set(waysOf(plan))
  return {
    places: Object.fromEntries(spots.flatMap((s) => (ids.has(s.id) && s.location ? [[s.id, [s.location.lon, s.location.lat] as [number, number]]] : []))),
    lines: Object.fromEntries(paths.flatMap((p) => (walked.has(p.id) ? [[p.id, p.line.map((at): [number, number] => [at.lon, at.lat])]] : []))),
  }
}

/** The places of the stops of a city, for a map without a network; no path is published there. */
export const placedOf = (plan: Plan): Pick<SavedPlan, 'places' | 'lines'> => ({
  places: Object.fromEntries(plan.stops.flatMap((s) => (s.location ? [[s.spotId, [s.location.lon, s.location.lat] as [number, number]]] : []))),
  lines: {},
})

/** The start that the visitor chose; nine in the morning by the clock of the area for tomorrow. */
export function startOf(when: PlanChoices['when'], now: Date, timeZone: string): Date {
  return when === 'now' ? now : tomorrowThere(now, '09:00', timeZone)
}

/** Whether there is time left of a plan; one that is over is not made anew but made again from nothing. */
export const isOver = (saved: SavedPlan, now: Date): boolean => now > new Date(saved.deadline)

/** From when on a plan that is not over is made anew: now while the walk is under way, else when the last stop that was seen is left. */
export function resumeAt(saved: SavedPlan, now: Date): Date {
  const last = saved.plan.stops.filter((s) => saved.done.some((d) => d.spotId === s.spotId)).pop()
  return now >= new Date(saved.plan.startAt) ? now : new Date(last?.leaveAt ?? saved.plan.startAt)
}

const least = 15 // minutes that the server plans for

/** Whole minutes until the time is up, within what the server plans for. */
export function minutesLeft(deadline: string, from: Date): number {
  return Math.min(720, Math.max(least, Math.floor((Date.parse(deadline) - from.getTime()) / 60_000)))
}
