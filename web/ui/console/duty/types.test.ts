import { describe, expect, it } from 'vitest'
import { type Alarm, byUrgency, clockOf, dotsIn, floorsOf, type Room, secondsLeft, type Zone } from './types'

const alarm = (over: Partial<Alarm>): Alarm => ({ state: 'raised', severity: 2, raisedAt: '2026-10-01T04:00:00Z', ...over }) as Alarm

describe('alarms', () => {
  it('stand by who must answer, then by gravity, then by age', () => {
    const list = [
      alarm({ id: 'old', severity: 3 }),
      alarm({ id: 'taken', state: 'acknowledged', severity: 1 }),
      alarm({ id: 'late', severity: 1, raisedAt: '2026-10-01T05:00:00Z' }),
      alarm({ id: 'grave', severity: 1 }),
    ]
    expect(list.sort(byUrgency).map((a) => a.id)).toEqual(['grave', 'late', 'old', 'taken'])
  })
  it('count down to the answer and on past it', () => {
    const at = Date.parse('2026-10-01T04:00:00Z')
    expect(secondsLeft({ answerBy: '2026-10-01T04:01:05Z' }, at)).toBe(65)
    expect([65, 0, -30, -3601].map(clockOf)).toEqual(['1:05', '0:00', '−0:30', '−60:01'])
  })
})

describe('the plan', () => {
  const square = (x: number, y: number, side: number) => [{ x, y }, { x: x + side, y }, { x: x + side, y: y + side }, { x, y: y + side }]
  const zone = (id: string, floor: string, outline: { x: number; y: number }[]): Zone => ({ id, org: 'm', fields: { name: { zh: id }, kind: 'gallery', floor, outline } })

  it('is drawn floor by floor, without what has no outline', () => {
    const floors = floorsOf([zone('b', '1', square(10, 0, 10)), zone('a', '1', square(0, 0, 10)), zone('s', 'B1', square(0, 0, 5)), zone('none', '1', [])])
    expect(floors.map((f) => [f.floor, f.rooms.map((r) => r.id)])).toEqual([['1', ['b', 'a']], ['B1', ['s']]])
    expect(floors[0]!.box).toEqual({ x: 0, y: 0, width: 20, height: 10 })
  })
  it.each([0, 1, 2, 7, 40, 200])('has room for %d chips within the walls, no two on one spot', (n) => {
    const room: Room = { id: 'r', name: {}, kind: 'gallery', outline: square(0, 0, 20), centre: { x: 10, y: 10 } }
    const dots = dotsIn(room, n)
    expect(dots).toHaveLength(n)
    expect(new Set(dots.map((d) => `${d.x.toFixed(4)} ${d.y.toFixed(4)}`)).size).toBe(n)
    for (const d of dots) {
      expect(d.x).toBeGreaterThanOrEqual(0)
      expect(d.x).toBeLessThanOrEqual(20)
      expect(d.y).toBeGreaterThanOrEqual(0)
      expect(d.y).toBeLessThanOrEqual(20)
    }
  })
})
