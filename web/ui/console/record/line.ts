/** A place in degrees, WGS-84. */
export interface Position {
  lon: number
  lat: number
}

const radius = 6371008.8 // metres, mean of the earth: the server measures with the same
const rad = Math.PI / 180

function metresBetween(a: Position, b: Position): number {
  const sinLat = Math.sin(((b.lat - a.lat) * rad) / 2)
  const sinLon = Math.sin(((b.lon - a.lon) * rad) / 2)
  const h = sinLat * sinLat + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * sinLon * sinLon
  return 2 * radius * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** The length of a line on the ground in metres, to a tenth; 0 for fewer than two points. */
export function lengthOf(line: readonly Position[]): number {
  const sum = line.slice(1).reduce((m, at, i) => m + metresBetween(line[i]!, at), 0)
  return Math.round(sum * 10) / 10
}

/** Seven decimals of a degree are a centimetre. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
export const positionOf = (lon: number, lat: number): Position => ({ lon: round(lon), lat: round(lat) })

export const samePlace = (a: Position | undefined, b: Position | undefined): boolean => a !== undefined && b !== undefined && a.lon === b.lon && a.lat === b.lat

/** A line as it is typed: a point a line, longitude and latitude. */
export const written = (line: readonly Position[]): string => line.map((p) => `${p.lon}, ${p.lat}`).join('\n')

/** The points that are typed; `wrong` is the first line, from 1, that is no point, 0 when all are. Empty lines say nothing. */
export function read(text: string): { line: Position[]; wrong: number } {
  const line: Position[] = []
  for (const [i, row] of text.split('\n').entries()) {
    if (row.trim() === '') continue
    const parts = row.trim().split(/[\s,，;；]+/)
    const [lon, lat] = parts.map(Number)
    if (parts.length !== 2 || !Number.isFinite(lon) || !Number.isFinite(lat) || Math.abs(lon!) > 180 || Math.abs(lat!) > 90) return { line, wrong: i + 1 }
    line.push(positionOf(lon!, lat!))
  }
  return { line, wrong: 0 }
}

/** How far a point is from a stretch, in degrees of latitude squared: enough to compare. */
function offStretch(p: Position, a: Position, b: Position): number {
  const shrink = Math.cos(p.lat * rad) // a degree of longitude is so much shorter
  const [ax, ay, bx, by] = [(a.lon - p.lon) * shrink, a.lat - p.lat, (b.lon - p.lon) * shrink, b.lat - p.lat]
  const [dx, dy] = [bx - ax, by - ay]
  const along = dx * dx + dy * dy
  const t = along === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / along))
  return (ax + t * dx) ** 2 + (ay + t * dy) ** 2
}

/** The line with a point more: in its nearest stretch, or at its end while it has none. */
export function withPoint(line: readonly Position[], at: Position): Position[] {
  if (line.length < 2) return [...line, at]
  let best = 1
  for (let i = 2; i < line.length; i += 1) {
    if (offStretch(at, line[i - 1]!, line[i]!) < offStretch(at, line[best - 1]!, line[best]!)) best = i
  }
  return [...line.slice(0, best), at, ...line.slice(best)]
}

/** The line with one of its points elsewhere. */
export const withMoved = (line: readonly Position[], place: number, at: Position): Position[] => line.map((p, i) => (i === place ? at : p))

/** The ends of a path: where its two spots are, as far as that is known. */
export interface Ends {
  from?: Position | undefined
  to?: Position | undefined
}

/**
 * The line after another spot was chosen: an end that was at the former spot goes to the new one, an end that somebody put
 * elsewhere stays. A line that is not there yet is the straight one.
 */
export function withEnds(line: readonly Position[], was: Ends, is: Ends): Position[] {
  if (line.length < 2) return is.from && is.to ? [is.from, is.to] : [...line]
  const out = [...line]
  const last = out.length - 1
  if (is.from && samePlace(out[0], was.from)) out[0] = is.from
  if (is.to && samePlace(out[last], was.to)) out[last] = is.to
  return out
}
