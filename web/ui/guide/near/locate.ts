/** Why there is no position: each is said in its own words, and none of them stops the visitor. */
export type NoPosition = 'unsupported' | 'denied' | 'unavailable' | 'timeout'

export class PositionError extends Error {
  override readonly name = 'PositionError'
  constructor(readonly reason: NoPosition) {
    super(reason)
  }
}

export interface Position {
  lat: number
  lon: number
}

/**
 * Asks for the position once, when the visitor asks for it and at no other time. It is rounded to about a hundred metres
 * before it leaves this function: enough to say what is near, and no more than that is sent.
 */
export function locate(geolocation: Geolocation | undefined = navigator.geolocation): Promise<Position> {
  return new Promise((resolve, reject) => {
    if (!geolocation || !window.isSecureContext) return reject(new PositionError('unsupported'))
    geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: round3(coords.latitude), lon: round3(coords.longitude) }),
      (err) => reject(new PositionError(err.code === 1 ? 'denied' : err.code === 3 ? 'timeout' : 'unavailable')),
      { enableHighAccuracy: false, timeout: 10_000, maximumAge: 300_000 },
    )
  })
}

const round3 = (v: number) => Math.round(v * 1000) / 1000
