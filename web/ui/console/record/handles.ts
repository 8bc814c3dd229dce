import type { LngLat, Map as MapLibre, Marker } from 'maplibre-gl'
import { type Position, positionOf } from './line'

/** What happens to the points of a line by their handles; places count from 0. */
export interface HandleActs {
  label: (place: number, of: number) => string
  /** While it is dragged. */
  drag: (place: number, at: Position) => void
  move: (place: number, at: Position) => void
  remove: (place: number) => void
  /** It has the focus: what else is offered is about this one. */
  choose: (place: number) => void
}

const at = (l: LngLat): Position => positionOf(l.lng, l.lat)

/**
 * Lays the points of a line on a map as handles that are dragged, or moved by the arrow keys (with Shift in greater steps)
 * and taken away by Delete. Each call of the result lays them anew and keeps the focus at its place.
 */
export async function layHandles(map: MapLibre, acts: HandleActs): Promise<(line: readonly Position[]) => void> {
  const { Marker: MarkerOf, Point } = await import('maplibre-gl')
  let laid: Marker[] = []

  function press(event: KeyboardEvent, marker: Marker, place: number): void {
    const step = event.shiftKey ? 20 : 2 // pixels of the screen: fine when one is near, coarse when one is far
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key]
    if (event.key === 'Delete' || event.key === 'Backspace') acts.remove(place)
    else if (by) acts.move(place, at(map.unproject(map.project(marker.getLngLat()).add(new Point(by[0]!, by[1]!)))))
    else return
    event.preventDefault()
    event.stopPropagation() // the map would move too
  }

  function handle(p: Position, place: number, of: number): Marker {
    const el = document.createElement('button')
    el.type = 'button'
    el.className = 'line-handle'
    el.dataset.testid = `handle-${place}`
    el.toggleAttribute('data-end', place === 0 || place === of - 1)
    el.setAttribute('aria-label', acts.label(place, of))
    el.addEventListener('click', (event) => {
      event.stopPropagation()
      el.focus() // not every browser gives a button the focus when it is pressed
    })
    el.addEventListener('focus', () => acts.choose(place))
    const marker = new MarkerOf({ element: el, draggable: true, anchor: 'center' }).setLngLat([p.lon, p.lat]).addTo(map)
    el.addEventListener('keydown', (event) => press(event, marker, place))
    marker.on('drag', () => acts.drag(place, at(marker.getLngLat())))
    marker.on('dragend', () => acts.move(place, at(marker.getLngLat())))
    return marker
  }

  return (line) => {
    const focused = laid.findIndex((m) => m.getElement() === document.activeElement)
    for (const marker of laid) marker.remove()
    laid = line.map((p, place) => handle(p, place, line.length))
    laid[Math.min(focused, laid.length - 1)]?.getElement().focus()
  }
}
