/** A picture as the viewer shows it. */
export interface ViewerPicture {
  /** Id of the asset; with ~staff behind it the whole picture for staff. */
  assetId: string
  /** What is to be seen, in the reader's language. */
  name: string
  /** Words of the record about this picture; '' is none. */
  caption?: string | undefined
}

/** Where a picture stands in a list that goes round: one after the last is the first. */
export const around = (index: number, by: number, count: number): number => (((index + by) % count) + count) % count

/** How far a finger must go sideways, in CSS pixels, to turn to another picture. */
const turnPx = 60

/**
 * What a finger that came from (0, 0) and left at (dx, dy) asks of a picture that is seen whole: 1 is the next one, -1 the
 * one before, 0 neither. A way that is more down than across is no turning.
 */
export function turnOf(dx: number, dy: number): -1 | 0 | 1 {
  if (Math.abs(dx) < turnPx || Math.abs(dy) > Math.abs(dx) / 2) return 0
  return dx < 0 ? 1 : -1
}

/** A share of a line, kept between 0 and 1. */
export const share = (value: number): number => Math.min(1, Math.max(0, value))
