import type { components } from '@shared/api/schema'

export type Zone = components['schemas']['ZoneView']
/** A corner of a plan, in metres east and north of its origin. */
export interface Point { x: number; y: number }

/** Reads an outline, one corner a line, "x y" in metres. `line` is the first one (from 1) that is no corner; 0 when all are. */
export function parseOutline(text: string): { points: Point[]; line: number } {
  const points: Point[] = []
  for (const [i, line] of text.split('\n').entries()) {
    const parts = line.replace(/[−–]/g, '-').trim().split(/[\s,，;；]+/).filter(Boolean)
    if (parts.length === 0) continue
    const [x, y] = parts.map(Number)
    if (parts.length !== 2 || !Number.isFinite(x) || !Number.isFinite(y)) return { points, line: i + 1 }
    points.push({ x: x!, y: y! })
  }
  return { points, line: 0 }
}

/** An outline as parseOutline reads it. */
export const writeOutline = (points: readonly Point[] | null | undefined): string => (points ?? []).map((p) => `${p.x} ${p.y}`).join('\n')

/** The corners as SVG takes them: north is up, so y is turned round. */
export const cornersOf = (points: readonly Point[]): string => points.map((p) => `${p.x},${-p.y}`).join(' ')

/** What of a plan must be seen to see all points, with a margin; undefined for none. */
export function frameOf(points: readonly Point[]): { x: number; y: number; width: number; height: number } | undefined {
  if (points.length === 0) return undefined
  const xs = points.map((p) => p.x)
  const ys = points.map((p) => -p.y)
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  const margin = Math.max(right - left, bottom - top, 1) * 0.06
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin }
}

/** The zones by the plan that they are drawn on, in the order of its name; those without a plan come last, under ''. */
export function byFloor(zones: readonly Zone[]): { floor: string; zones: Zone[] }[] {
  const floors = new Map<string, Zone[]>()
  for (const z of zones) floors.set(z.fields.floor ?? '', [...(floors.get(z.fields.floor ?? '') ?? []), z])
  return [...floors].sort(([a], [b]) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'zh', { numeric: true })).map(([floor, list]) => ({ floor, zones: list }))
}
