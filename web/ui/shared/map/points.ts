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
}

/** A path on the map: [lon, lat] pairs. */
export interface MapLine {
  id: string
  coordinates: [number, number][]
}

/** The box around all points and lines; undefined when there is nothing. */
export function boundsOf(points: readonly MapPoint[], lines: readonly MapLine[] = []) {
  const all = [...points.map((p): [number, number] => [p.lon, p.lat]), ...lines.flatMap((l) => l.coordinates)]
  if (all.length === 0) return undefined
  const lons = all.map((p) => p[0])
  const lats = all.map((p) => p[1])
  return { west: Math.min(...lons), south: Math.min(...lats), east: Math.max(...lons), north: Math.max(...lats) }
}
