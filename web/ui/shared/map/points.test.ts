import { describe, expect, it } from 'vitest'
import { addGroups, boundsOf, mainGroup, type MapPoint } from './points'

const point = (lon: number, lat: number): MapPoint => ({ id: `${lon}`, kind: 'site', lon, lat, title: '' })

describe('boundsOf', () => {
  it('holds points and paths', () => {
    expect(boundsOf([point(113, 34)], [{ id: 'p', coordinates: [[112, 35], [114, 33]] }])).toEqual({ west: 112, south: 33, east: 114, north: 35 })
  })
  it('of nothing is nothing', () => {
    expect(boundsOf([])).toBeUndefined()
  })
})

describe('the name of a cluster', () => {
  it.each([
    [{ 郑州市: 6, 洛阳市: 4 }, 10, '郑州市'],
    [{ 郑州市: 4, 洛阳市: 3, 安阳市: 3 }, 10, ''],
    [{ '': 9, 郑州市: 1 }, 10, ''],
  ])('%o', (groups, count, want) => {
    expect(mainGroup(groups, count)).toBe(want)
  })
  it('adds up', () => {
    const to = { 郑州市: 1 }
    addGroups(to, { 郑州市: 2, 洛阳市: 1 })
    expect(to).toEqual({ 郑州市: 3, 洛阳市: 1 })
  })
})
