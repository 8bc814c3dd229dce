import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { readAll } from '@shared/api/pages'
import type { MapLine, MapPoint } from '@shared/map/points'
import { type Text, useLang } from '@shared/i18n'
import { isAbort } from '@shared/api/error'
import { api } from '../session/session'
import { useProblem } from '../ui/problem'
import type { Position } from './line'
import { learnName } from './names'
import type { StaffRecord } from './types'

/** Every record of one type of an area, in the order of the server. */
const all = (area: string, plural: 'spots' | 'paths', org: string, signal?: AbortSignal): Promise<StaffRecord[]> =>
  readAll(api, `/areas/${encodeURIComponent(area)}/${plural}`, { view: 'staff', org }, signal)

/** The spots of an area; their names are known from then on. */
export async function spotsOf(area: string, org: string, signal?: AbortSignal): Promise<StaffRecord[]> {
  const spots = await all(area, 'spots', org, signal)
  for (const spot of spots) learnName(spot.id, (spot.fields.name as Text) ?? {})
  return spots
}

export const coordinates = (line: readonly Position[]): [number, number][] => line.map((at) => [at.lon, at.lat])
const positionIn = (spot: StaffRecord | undefined) => spot?.fields.location as (Position & { precisionM?: number }) | undefined

/** Spots as points of a plan; one whose place is not known has none. */
export const pointsOf = (spots: readonly StaffRecord[], say: (text: Text) => string): MapPoint[] =>
  spots.flatMap((s) => {
    const at = positionIn(s)
    return at ? [{ id: s.id, kind: 'spot' as const, lon: at.lon, lat: at.lat, title: say((s.fields.name as Text) ?? {}) }] : []
  })

/** Paths as lines of a plan. */
export const linesOf = (paths: readonly StaffRecord[], strong = ''): MapLine[] =>
  paths.map((p) => ({ id: p.id, coordinates: coordinates((p.fields.line as Position[] | undefined) ?? []), strong: p.id === strong }))

/** The plan of an area, whichever that is: its spots and its paths. */
export function useAreaPlan(area: Ref<string>, org: Ref<string>) {
  const { say, lang } = useLang()
  const { tell } = useProblem()
  const spots = shallowRef<StaffRecord[]>([])
  const paths = shallowRef<StaffRecord[]>([])
  let current: AbortController | undefined
  watch([area, org], async () => {
    current?.abort()
    const mine = (current = new AbortController())
    try {
      const [s, p] = area.value && org.value ? await Promise.all([spotsOf(area.value, org.value, mine.signal), all(area.value, 'paths', org.value, mine.signal)]) : [[], []]
      if (mine !== current) return
      spots.value = s
      paths.value = p
    } catch (err) {
      if (!isAbort(err)) tell(err)
    }
  }, { immediate: true })
  onScopeDispose(() => current?.abort())
  return {
    /** Where a spot is; undefined while that is not known. */
    placeOf: (id: string) => positionIn(spots.value.find((s) => s.id === id)),
    points: computed(() => (lang.value, pointsOf(spots.value, say))),
    lines: computed(() => linesOf(paths.value)),
  }
}
