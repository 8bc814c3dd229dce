import type { components } from '@shared/api/schema'
import type { Text } from '@shared/i18n'

export type Alarm = components['schemas']['AlarmView']
export type Position = components['schemas']['SensorsPosition']
export type Zone = Pick<components['schemas']['ZoneView'], 'id' | 'org'> & {
  fields: { name: Text; kind: string; floor?: string; outline?: { x: number; y: number }[] | null; simulated?: boolean }
}

/** Where an answer is late: the more below zero, the later. */
export const secondsLeft = (alarm: Pick<Alarm, 'answerBy'>, now: number): number => Math.round((Date.parse(alarm.answerBy) - now) / 1000)

/** Whether somebody must still answer. */
export const waits = (alarm: Pick<Alarm, 'state'>): boolean => alarm.state === 'raised'

/** The gravest and the oldest first; what nobody answered before what somebody has in hand. */
export function byUrgency(a: Alarm, b: Alarm): number {
  return Number(waits(b)) - Number(waits(a)) || a.severity - b.severity || a.raisedAt.localeCompare(b.raisedAt)
}

/** Time that is left or passed, as minutes and seconds: 1:05, −0:30. */
export function clockOf(seconds: number): string {
  const s = Math.abs(seconds)
  return `${seconds < 0 ? '−' : ''}${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}

export interface Room {
  id: string
  name: Text
  kind: string
  /** Corners in metres, y growing upwards. */
  outline: { x: number; y: number }[]
  centre: { x: number; y: number }
}

/** The floors that are drawn, each with its rooms, in the order of their names. */
export function floorsOf(zones: readonly Zone[]): { floor: string; rooms: Room[]; box: { x: number; y: number; width: number; height: number } }[] {
  const floors = new Map<string, Room[]>()
  for (const z of zones) {
    const outline = z.fields.outline ?? []
    if (!z.fields.floor || outline.length < 3) continue
    const centre = { x: outline.reduce((n, p) => n + p.x, 0) / outline.length, y: outline.reduce((n, p) => n + p.y, 0) / outline.length }
    const rooms = floors.get(z.fields.floor) ?? []
    rooms.push({ id: z.id, name: z.fields.name, kind: z.fields.kind, outline, centre })
    floors.set(z.fields.floor, rooms)
  }
  return [...floors]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([floor, rooms]) => {
      const xs = rooms.flatMap((r) => r.outline.map((p) => p.x))
      const ys = rooms.flatMap((r) => r.outline.map((p) => p.y))
      const box = { x: Math.min(...xs), y: Math.min(...ys), width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) }
      return { floor, rooms, box }
    })
}

/** Places for n dots in a room, in rows around its centre, none outside of the box of its outline. */
export function dotsIn(room: Room, n: number): { x: number; y: number }[] {
  const xs = room.outline.map((p) => p.x)
  const ys = room.outline.map((p) => p.y)
  const width = Math.max(...xs) - Math.min(...xs)
  const height = Math.max(...ys) - Math.min(...ys)
  const columns = Math.max(1, Math.ceil(Math.sqrt((n * width) / Math.max(height, 0.1))))
  const rows = Math.max(1, Math.ceil(n / columns))
  const step = Math.min(1.9, (width * 0.84) / columns, (height * 0.56) / rows)
  return Array.from({ length: n }, (_, i) => ({
    x: room.centre.x + ((i % columns) - (Math.min(columns, n) - 1) / 2) * step,
    y: room.centre.y - (Math.floor(i / columns) - (rows - 1) / 2) * step - height * 0.08,
  }))
}
