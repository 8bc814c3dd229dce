import { beforeEach, describe, expect, it } from 'vitest'
import { drawnOf, firstChoices, isOver, keepPlan, minutesLeft, type Plan, resumeAt, type SavedPlan, savedPlan, startOf } from './plans'

const stop = (spotId: string, leaveAt: string, paths: string[] = []) => ({ spotId, kind: 'spot' as const, name: { zh: spotId }, arriveAt: leaveAt, beginAt: leaveAt, leaveAt, walkM: 1, rideM: 0, paths, estimated: false, why: [] })
const plan: Plan = {
  areaId: 'a', timeZone: 'Asia/Shanghai', computedAt: '2026-11-28T01:00:00Z', startAt: '2026-11-28T02:00:00Z', endAt: '2026-11-28T03:00:00Z', gate: { id: 'g', name: { zh: '门' } },
  stops: [stop('x', '2026-11-28T02:20:00Z', ['p1']), stop('y', '2026-11-28T02:50:00Z', ['p2'])],
  homePaths: [], homeM: 1, walkM: 3, rideM: 0, unlisted: 0, left: [], changes: [], score: 1, estimated: false, crowd: { basis: 'none' }, simulated: false,
}
const saved: SavedPlan = { form: 1, area: { zh: '园' }, timeZone: 'Asia/Shanghai', schematic: false, choices: firstChoices({ area: 'a' }), plan, done: [], deadline: '2026-11-28T05:00:00Z', places: {}, lines: {} }

describe('a plan that the browser keeps', () => {
  beforeEach(() => localStorage.clear())

  it('comes back as it was, and is forgotten when told to', () => {
    keepPlan('a', saved)
    expect(savedPlan('a')).toEqual(saved)
    keepPlan('a', undefined)
    expect(savedPlan('a')).toBeUndefined()
  })
  it('is none when it is broken or of another form', () => {
    localStorage.setItem('yjy.plan.a', '{"form":1')
    expect(savedPlan('a')).toBeUndefined()
    localStorage.setItem('yjy.plan.a', JSON.stringify({ ...saved, form: 0 }))
    expect(savedPlan('a')).toBeUndefined()
  })
  it('keeps of the map only what it walks', () => {
    const spot = (id: string) => ({ id, name: { zh: id }, location: { lon: 113, lat: 34, precisionM: 5 } })
    const path = (id: string) => ({ id, fromSpot: 'g', toSpot: 'x', line: [{ lon: 113, lat: 34 }, { lon: 114, lat: 34 }], lengthM: 5 })
    const drawn = drawnOf(plan, [spot('g'), spot('x'), spot('z')] as never, [path('p1'), path('p9')] as never)
    expect(Object.keys(drawn.places)).toEqual(['g', 'x'])
    expect(drawn.lines).toEqual({ p1: [[113, 34], [114, 34]] })
  })
})

describe('making a plan anew', () => {
  it('begins now while the walk is under way', () => {
    expect(resumeAt(saved, new Date('2026-11-28T02:30:00Z')).toISOString()).toBe('2026-11-28T02:30:00.000Z')
  })
  it('begins after the last stop that was seen when it is for another time', () => {
    expect(resumeAt({ ...saved, done: [{ spotId: 'x', name: {} }] }, new Date('2026-11-27T02:30:00Z')).toISOString()).toBe('2026-11-28T02:20:00.000Z')
  })
  it('is over after its time', () => {
    expect([isOver(saved, new Date(saved.deadline)), isOver(saved, new Date('2026-11-29T02:30:00Z'))]).toEqual([false, true])
  })
  it('has what is left of the time, and never less than the server plans for', () => {
    expect(minutesLeft(saved.deadline, new Date('2026-11-28T04:00:30Z'))).toBe(59)
    expect(minutesLeft(saved.deadline, new Date('2026-11-28T06:00:00Z'))).toBe(15)
  })
})

it('tomorrow is nine by the clock of the area, wherever the phone believes to be', () => {
  const now = new Date('2026-12-31T12:15:00Z')
  expect(startOf('tomorrow', now, 'Asia/Shanghai').toISOString()).toBe('2027-01-01T01:00:00.000Z')
  expect(startOf('now', now, 'Asia/Shanghai')).toBe(now)
})
