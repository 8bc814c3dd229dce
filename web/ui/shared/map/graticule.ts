import type { FeatureCollection, LineString } from 'geojson'

export interface Bounds {
  west: number
  south: number
  east: number
  north: number
}

/** One line of the net with the side on which it is named. */
export interface GridLine {
  axis: 'lon' | 'lat'
  value: number
}

const steps = [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]

/** The widest step that puts at least three lines across the shorter side of the view. */
export function gridStep(b: Bounds): number {
  const span = Math.min(b.east - b.west, b.north - b.south)
  return steps.find((s) => span / s >= 3) ?? steps[steps.length - 1]!
}

/** The lines of longitude and latitude that cross the view. */
export function gridLines(b: Bounds): GridLine[] {
  const step = gridStep(b)
  const through = (low: number, high: number, axis: GridLine['axis'], limit: number): GridLine[] => {
    const out: GridLine[] = []
    for (let n = Math.ceil(low / step); n * step <= high; n++) {
      const value = Number((n * step).toFixed(4))
      if (Math.abs(value) <= limit) out.push({ axis, value })
    }
    return out
  }
  return [...through(b.west, b.east, 'lon', 180), ...through(b.south, b.north, 'lat', 85)]
}

/** The same lines as features, drawn a little over the edge of the view. */
export function gridFeatures(b: Bounds): FeatureCollection<LineString> {
  const pad = gridStep(b)
  const south = Math.max(b.south - pad, -85)
  const north = Math.min(b.north + pad, 85)
  return {
    type: 'FeatureCollection',
    features: gridLines(b).map(({ axis, value }) => ({
      type: 'Feature',
      properties: {},
      geometry: {
        type: 'LineString',
        coordinates: axis === 'lon' ? [[value, south], [value, north]] : [[b.west - pad, value], [b.east + pad, value]],
      },
    })),
  }
}

/** 112.5°E, 34°N: at most four decimals, none when they are zero. */
export function degrees({ axis, value }: GridLine): string {
  const letter = axis === 'lon' ? (value < 0 ? 'W' : 'E') : value < 0 ? 'S' : 'N'
  return `${Number(Math.abs(value).toFixed(4))}°${letter}`
}
