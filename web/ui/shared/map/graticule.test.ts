import { describe, expect, it } from 'vitest'
import { degrees, gridFeatures, gridLines, gridStep } from './graticule'

const henan = { west: 110.3, south: 31.3, east: 116.7, north: 36.4 }

describe('graticule', () => {
  it.each([
    ['a province', henan, 1],
    ['a city', { west: 112.2, south: 34.5, east: 112.7, north: 34.8 }, 0.05],
    ['a courtyard', { west: 112.4, south: 34.55, east: 112.402, north: 34.5512 }, 0.001],
  ])('has a readable number of lines over %s', (_name, bounds, step) => {
    expect(gridStep(bounds)).toBe(step)
    expect(gridLines(bounds).length).toBeLessThanOrEqual(24)
  })
  it('names lines without rounding errors', () => {
    expect(gridLines({ west: 0, south: 0, east: 0.25, north: 0.2 }).map(degrees)).toContain('0.15°E')
    expect(degrees({ axis: 'lat', value: -34.5 })).toBe('34.5°S')
    expect(degrees({ axis: 'lon', value: 112 })).toBe('112°E')
  })
  it('draws each line as two points over the edge of the view', () => {
    const { features } = gridFeatures(henan)
    expect(features).toHaveLength(gridLines(henan).length)
    for (const f of features) expect(f.geometry.coordinates).toHaveLength(2)
    expect(features[0]?.geometry.coordinates).toEqual([[111, 30.3], [111, 37.4]])
  })
})
