import { beforeEach, describe, expect, it } from 'vitest'
import { locate } from './locate'

beforeEach(() => Object.defineProperty(window, 'isSecureContext', { value: true, configurable: true }))

function phone(answer: { coords: { latitude: number; longitude: number } } | { code: number }): Geolocation {
  return {
    getCurrentPosition: (ok: PositionCallback, no: PositionErrorCallback) =>
      'coords' in answer ? ok(answer as GeolocationPosition) : no(answer as GeolocationPositionError),
    watchPosition: () => 0,
    clearWatch: () => undefined,
  }
}

describe('locate', () => {
  it('gives away no more than a hundred metres', async () => {
    expect(await locate(phone({ coords: { latitude: 34.78812345, longitude: 113.66754321 } }))).toEqual({ lat: 34.788, lon: 113.668 })
  })
  it.each([
    ['denied', 1],
    ['unavailable', 2],
    ['timeout', 3],
  ])('says %s', async (reason, code) => {
    await expect(locate(phone({ code }))).rejects.toMatchObject({ reason })
  })
  it('says unsupported where there is none, as in some in-app browsers', async () => {
    await expect(locate(null as unknown as Geolocation)).rejects.toMatchObject({ reason: 'unsupported' })
    Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true })
    await expect(locate(phone({ code: 1 }))).rejects.toMatchObject({ reason: 'unsupported' })
  })
})
