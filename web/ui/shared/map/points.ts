import type { Kind } from '../api/types'

/** Something that stands on the map. */
export interface MapPoint {
  id: string
  kind: Kind
  lon: number
  lat: number
  title: string
  /** Shown with the name where there is room, for example the city. */
  note?: string
  /** The city or district: names a cluster most of which lies there. */
  group?: string
  /** Its place in an order, written on the mark instead of a sign and a name. Where there is one, points are not clustered: their order is what is looked for. */
  number?: number
}

/** A path on the map: [lon, lat] pairs. */
export interface MapLine {
  id: string
  coordinates: [number, number][]
  /** The one that the screen is about: drawn through and in the colour of what can be touched. */
  strong?: boolean
}

/** The box around all points and lines; undefined when there is nothing. */
export function boundsOf(points: readonly MapPoint[], lines: readonly MapLine[] = []) {
  const all = [...points.map((p): [number, number] => [p.lon, p.lat]), ...lines.flatMap((l) => l.coordinates)]
  if (all.length === 0) return undefined
  const lons = all.map((p) => p[0])
  const lats = all.map((p) => p[1])
  return { west: Math.min(...lons), south: Math.min(...lats), east: Math.max(...lons), north: Math.max(...lats) }
}

/** How many points of a cluster lie in each group. */
export type Groups = Readonly<Record<string, number>>

/** The group in which at least half of a cluster lies, '' when there is none. */
export function mainGroup(groups: Groups, count: number): string {
  for (const [name, n] of Object.entries(groups)) {
    if (name && n * 2 >= count) return name
  }
  return ''
}

export function addGroups(to: Record<string, number>, from: Groups): void {
  for (const [name, n] of Object.entries(from)) to[name] = (to[name] ?? 0) + n
}
