import { type GeoJSONSource, type Map as MapLibre, Map as MapLibreMap, Marker, NavigationControl, ScaleControl, setWorkerUrl, type StyleSpecification } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import Supercluster, { type ClusterProperties } from 'supercluster'
import type { Feature, FeatureCollection, LineString, Point } from 'geojson'
import { icons } from '../components/icons'
import { type Bounds, degrees, gridFeatures, gridLines } from './graticule'
import { addGroups, boundsOf, type Groups, mainGroup, type MapLine, type MapPoint } from './points'

export interface DrawOptions {
  container: HTMLElement
  /** Where the degrees are written: two strips at the edges. */
  edges: HTMLElement
  center: [number, number]
  zoom: number
  maxZoom: number
  texts: () => { cluster: (n: number, where: string) => string }
  onSelect: (id: string) => void
  /** `byHand`: somebody moved it, by a finger, a wheel, a key or a button. */
  onMove: (bounds: Bounds, center: { lon: number; lat: number }, zoom: number, byHand: boolean) => void
}

export interface Drawing {
  map: MapLibre
  points(list: readonly MapPoint[]): void
  lines(list: readonly MapLine[]): void
  select(id: string | undefined): void
  fit(animate?: boolean): void
  recolour(): void
  remove(): void
}

interface Single {
  index: number
  group: string
}

interface Many {
  groups: Record<string, number>
}

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** The paper. The lines are laid on it when it is there, each source with its data: data set while a source is still loading is lost at times. */
function paper(): StyleSpecification {
  return { version: 8, sources: {}, layers: [{ id: 'land', type: 'background', paint: { 'background-color': colour('--map-land') } }] }
}

function sign(kind: MapPoint['kind']): string {
  const d = icons[kind === 'place' ? 'place' : kind]
  return `<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${d}"/></svg>`
}

function element(kind: string, label: string, html: string, act: () => void): HTMLButtonElement {
  const el = document.createElement('button')
  el.type = 'button'
  el.className = 'map-mark'
  el.dataset.kind = kind
  el.setAttribute('aria-label', label)
  el.innerHTML = html // only our own markup: names are set as text
  el.addEventListener('click', (event) => {
    event.stopPropagation()
    act()
  })
  return el
}

/**
 * Draws the house's own layers: paper, net of degrees, paths, and the points as HTML buttons, so that names need no
 * glyph server and every point can be reached by keyboard. No borders are drawn.
 */
export function draw(o: DrawOptions): Drawing {
  setWorkerUrl(workerUrl)
  const map = new MapLibreMap({
    container: o.container,
    style: paper(),
    center: o.center,
    zoom: o.zoom,
    maxZoom: o.maxZoom,
    minZoom: 3,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: 0,
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 90 }), 'bottom-right')
  map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right')

  let points: readonly MapPoint[] = []
  let numbered = false
  let lines: readonly MapLine[] = []
  let selected: string | undefined
  let cluster: Supercluster<Single, Many> | undefined
  const shown = new Map<string, Marker>()

  const bounds = (): Bounds => {
    const b = map.getBounds()
    return { west: b.getWest(), south: b.getSouth(), east: b.getEast(), north: b.getNorth() }
  }

  function drawGrid(): void {
    const b = bounds()
    map.getSource<GeoJSONSource>('grid')?.setData(gridFeatures(b))
    const size = map.getContainer().getBoundingClientRect()
    const last = { lon: -Infinity, lat: Infinity }
    o.edges.replaceChildren(
      ...gridLines(b).flatMap((line) => {
        const at = map.project(line.axis === 'lon' ? [line.value, b.north] : [b.west, line.value])
        const where = line.axis === 'lon' ? at.x : at.y
        if (where < 28 || where > (line.axis === 'lon' ? size.width : size.height) - 28) return []
        if (Math.abs(where - last[line.axis]) < (line.axis === 'lon' ? 84 : 40)) return [] // no room for one more name
        last[line.axis] = where
        const el = document.createElement('span')
        el.dataset.axis = line.axis
        el.textContent = degrees(line)
        el.style[line.axis === 'lon' ? 'left' : 'top'] = `${Math.round(where)}px`
        return [el]
      }),
    )
  }

  function pointMark(point: MapPoint): HTMLElement {
    const el = element(point.kind, point.note ? `${point.title}, ${point.note}` : point.title, `<span class="dot">${sign(point.kind)}</span> <span class="name"></span>`, () => o.onSelect(point.id))
    el.querySelector('.name')!.textContent = point.title
    if (point.number !== undefined) el.querySelector('.dot')!.textContent = String(point.number)
    return el
  }

  function drawPoints(): void {
    if (!cluster) return
    const b = bounds()
    const padLon = (b.east - b.west) * 0.1
    const padLat = (b.north - b.south) * 0.1
    const found = cluster.getClusters([b.west - padLon, b.south - padLat, b.east + padLon, b.north + padLat], Math.floor(map.getZoom()))
    const singles = found.filter((f) => !('cluster' in f.properties)).length
    map.getContainer().toggleAttribute('data-names', singles <= 24 && !numbered)
    const keep = new Set<string>()
    for (const f of found as Feature<Point, (ClusterProperties & Many) | Single>[]) {
      const at = f.geometry.coordinates as [number, number]
      let key: string
      let make: () => HTMLElement
      if ('cluster' in f.properties) {
        const { cluster_id: id, point_count: count, groups } = f.properties
        const where = mainGroup(groups as Groups, count)
        key = `c${id}`
        make = () => {
          const el = element('cluster', o.texts().cluster(count, where), '<span class="name"></span> <span class="dot"></span>', () =>
            map.easeTo({ center: at, zoom: Math.min(cluster!.getClusterExpansionZoom(id), o.maxZoom) }, { originalEvent: new Event('cluster') }),
          )
          const dot = el.querySelector<HTMLElement>('.dot')!
          dot.textContent = String(count)
          el.querySelector('.name')!.textContent = where
          el.style.setProperty('--size', `${Math.round(30 + Math.min(26, Math.sqrt(count) * 2.4))}px`)
          return el
        }
      } else {
        const point = points[f.properties.index]!
        key = `p${point.id}`
        make = () => pointMark(point)
      }
      keep.add(key)
      if (!shown.has(key)) shown.set(key, new Marker({ element: make(), anchor: 'center' }).setLngLat(at).addTo(map))
    }
    // What was chosen is always to be seen, also where it would be part of a cluster.
    const chosen = points.find((p) => p.id === selected)
    if (chosen) {
      keep.add(`p${chosen.id}`)
      if (!shown.has(`p${chosen.id}`)) shown.set(`p${chosen.id}`, new Marker({ element: pointMark(chosen), anchor: 'center' }).setLngLat([chosen.lon, chosen.lat]).addTo(map))
    }
    for (const [key, marker] of shown) {
      if (!keep.has(key)) {
        marker.remove()
        shown.delete(key)
      }
    }
    markSelected()
  }

  function markSelected(): void {
    for (const [key, marker] of shown) {
      const on = key === `p${selected}`
      marker.getElement().toggleAttribute('data-selected', on)
      if (key.startsWith('p')) marker.getElement().setAttribute('aria-pressed', String(on))
    }
  }

  function clear(): void {
    for (const marker of shown.values()) marker.remove()
    shown.clear()
  }

  function refresh(): void {
    drawGrid()
    drawPoints()
  }

  map.on('load', () => {
    map.addSource('grid', { type: 'geojson', data: gridFeatures(bounds()) })
    map.addLayer({ id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': colour('--map-line'), 'line-width': 1 } })
    map.addSource('lines', { type: 'geojson', data: lineFeatures() })
    map.addLayer({
      id: 'lines',
      type: 'line',
      source: 'lines',
      filter: ['!', ['get', 'strong']],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': colour('--map-path'), 'line-width': 3, 'line-dasharray': [0.2, 1.8] },
    })
    map.addLayer({
      id: 'strong',
      type: 'line',
      source: 'lines',
      filter: ['get', 'strong'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': colour('--celadon'), 'line-width': 4 },
    })
    refresh()
  })
  map.on('move', drawGrid)
  map.on('moveend', (event) => {
    refresh()
    const c = map.getCenter()
    o.onMove(bounds(), { lon: c.lng, lat: c.lat }, map.getZoom(), Boolean((event as { originalEvent?: unknown }).originalEvent))
  })
  map.on('resize', refresh)

  function lineFeatures(): FeatureCollection<LineString> {
    return {
      type: 'FeatureCollection',
      features: lines.map((l) => ({ type: 'Feature', properties: { id: l.id, strong: l.strong === true }, geometry: { type: 'LineString', coordinates: l.coordinates } })),
    }
  }

  return {
    map,
    points(list) {
      points = list
      numbered = list.some((p) => p.number !== undefined)
      clear()
      cluster = new Supercluster<Single, Many>({
        radius: 46,
        maxZoom: o.maxZoom - 1,
        minPoints: numbered ? Infinity : 2,
        map: ({ group }) => ({ groups: { [group]: 1 } }),
        reduce: (to, from) => addGroups(to.groups, from.groups),
      })
      cluster.load(list.map((p, index) => ({ type: 'Feature', properties: { index, group: p.group ?? '' }, geometry: { type: 'Point', coordinates: [p.lon, p.lat] } })))
      drawPoints()
    },
    lines(list) {
      lines = list
      map.getSource<GeoJSONSource>('lines')?.setData(lineFeatures())
    },
    select(id) {
      selected = id
      drawPoints()
      const point = points.find((p) => p.id === id)
      if (point) map.easeTo({ center: [point.lon, point.lat], zoom: Math.max(map.getZoom(), 9), offset: [0, -60] })
    },
    fit(animate = false) {
      const b = boundsOf(points, lines)
      if (!b) return
      map.fitBounds([[b.west, b.south], [b.east, b.north]], { padding: { top: 48, bottom: 64, left: 64, right: 64 }, maxZoom: Math.min(16, o.maxZoom), animate })
    },
    recolour() {
      if (!map.getLayer('lines')) return // not drawn yet: the colours will be right
      map.setPaintProperty('land', 'background-color', colour('--map-land'))
      map.setPaintProperty('grid', 'line-color', colour('--map-line'))
      map.setPaintProperty('lines', 'line-color', colour('--map-path'))
      map.setPaintProperty('strong', 'line-color', colour('--celadon'))
    },
    remove() {
      clear()
      map.remove()
    },
  }
}
