import type OpenSeadragon from 'openseadragon'
import { imageInfo } from '../api/iiif'

export type DeepZoom = OpenSeadragon.Viewer

export interface ZoomOptions {
  /** What a screen reader says of the picture and its keys. */
  label: string
  /** Asked when the code and the description are there: false when nobody wants the picture any more. */
  wanted: () => boolean
  /** Called once the first picture is drawn, or when it cannot be. */
  opened: () => void
  failed: () => void
}

/**
 * Draws a picture into an element as deep zoom over IIIF tiles: fingers pinch and tap twice, the mouse scrolls and clicks
 * twice, the keyboard moves by arrows and zooms by plus and minus. The code is fetched when it is first needed. Returns
 * undefined when the picture is no longer wanted; throws when code or description cannot be had.
 */
export async function deepZoom(element: HTMLElement, assetId: string, options: ZoomOptions): Promise<DeepZoom | undefined> {
  const [{ default: create }, info] = await Promise.all([import('openseadragon'), imageInfo(assetId)])
  if (!options.wanted()) return undefined
  const viewer = create({
    element,
    tileSources: [info as never], // the description of IIIF, which its types do not know
    drawer: 'canvas',
    showNavigationControl: false,
    showNavigator: false,
    crossOriginPolicy: false,
    visibilityRatio: 0.6,
    maxZoomPixelRatio: 3,
    minZoomImageRatio: 0.9,
    imageLoaderLimit: 4,
    timeout: 20_000,
    animationTime: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 0.6,
    gestureSettingsTouch: { pinchToZoom: true, pinchRotate: false, dblClickToZoom: true, flickEnabled: true },
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
  })
  viewer.addOnceHandler('open', options.opened)
  viewer.addOnceHandler('open-failed', options.failed)
  viewer.canvas.setAttribute('role', 'application')
  viewer.canvas.setAttribute('aria-label', options.label)
  return viewer
}

/** Whether the picture is seen whole, so that a finger's way sideways means the next picture and not another part. */
export const seenWhole = (viewer: DeepZoom): boolean => viewer.viewport.getZoom(true) <= viewer.viewport.getHomeZoom() * 1.05

/** Keeps the view of `follower` that of `leader`, now and at every move of it. */
export function follow(leader: DeepZoom, follower: DeepZoom): void {
  const copy = () => {
    const { viewport } = leader
    follower.viewport.setRotation(viewport.getRotation(true), true)
    follower.viewport.zoomTo(viewport.getZoom(true), undefined, true)
    follower.viewport.panTo(viewport.getCenter(true), true)
  }
  leader.addHandler('update-viewport', copy)
  copy()
}
