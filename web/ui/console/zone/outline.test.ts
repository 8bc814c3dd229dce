import { describe, expect, it } from 'vitest'
import { byFloor, cornersOf, frameOf, parseOutline, writeOutline, type Zone } from './outline'

describe('an outline', () => {
  it('is one corner a line, as it was written', () => {
    const points = [{ x: 0, y: 16 }, { x: 20.5, y: -16 }, { x: 20, y: 36 }]
    expect(parseOutline(writeOutline(points))).toEqual({ points, line: 0 })
    expect(parseOutline(' 0, 16 \n\n20.5，−16\n')).toEqual({ points: points.slice(0, 2), line: 0 })
    expect(writeOutline(null)).toBe('')
  })
  it('names the line that is no corner and keeps those before it', () => {
    expect(parseOutline('0 0\n1 x\n2 2')).toEqual({ points: [{ x: 0, y: 0 }], line: 2 })
    expect(parseOutline('0 0\n\n1 2 3')).toMatchObject({ line: 3 })
    expect(parseOutline('7')).toMatchObject({ line: 1 })
  })
  it('is drawn with north up, inside of its frame', () => {
    expect(cornersOf([{ x: 1, y: 2 }, { x: 3, y: 4 }])).toBe('1,-2 3,-4')
    const frame = frameOf([{ x: 0, y: 0 }, { x: 100, y: 50 }])!
    expect(frame).toEqual({ x: -6, y: -56, width: 112, height: 62 })
    expect(frameOf([])).toBeUndefined()
    expect(frameOf([{ x: 5, y: 5 }])!.width).toBeGreaterThan(0)
  })
})

it('zones stand by floor, those without a plan last', () => {
  const zone = (id: string, floor?: string) => ({ id, fields: { floor } }) as unknown as Zone
  expect(byFloor([zone('a', '10'), zone('b'), zone('c', '2'), zone('d', '10')]).map((f) => [f.floor, f.zones.map((z) => z.id)])).toEqual([['2', ['c']], ['10', ['a', 'd']], ['', ['b']]])
})
