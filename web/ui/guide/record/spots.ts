import type { Coded, Spot } from '@shared/api/types'

/** The spots of one kind of facility. */
export interface FacilityGroup {
  kind: Coded
  spots: Spot[]
}

/** Sights in the order of the usual round, those outside it last; facilities by kind, most numerous first. */
export function groupSpots(spots: readonly Spot[]): { sights: Spot[]; facilities: FacilityGroup[] } {
  const rank = (s: Spot) => (s.order && s.order > 0 ? s.order : Number.MAX_SAFE_INTEGER)
  const sights = spots.filter((s) => !s.facility).sort((a, b) => rank(a) - rank(b))
  const groups = new Map<string, FacilityGroup>()
  for (const spot of spots) {
    if (!spot.facility || !spot.kind) continue
    const group = groups.get(spot.kind.code)
    if (group) group.spots.push(spot)
    else groups.set(spot.kind.code, { kind: spot.kind, spots: [spot] })
  }
  return { sights, facilities: [...groups.values()].sort((a, b) => b.spots.length - a.spots.length) }
}
