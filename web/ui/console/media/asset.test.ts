import { expect, it } from 'vitest'
import { fileSize, sizeOf } from './asset'
import type { Asset } from './upload'

it.each([
  [300, '300 B'],
  [5_400, '5 kB'],
  [8_240_000, '8.2 MB'],
  [82_400_000, '82 MB'],
  [1_430_000_000, '1.4 GB'],
])('%i bytes are %s', (bytes, said) => {
  expect(fileSize(bytes, 'en')).toBe(said)
})

it.each([
  [7_400, '0:07'],
  [187_000, '3:07'],
  [3_787_000, '1:03:07'],
])('%i ms are %s', (ms, said) => {
  expect(sizeOf({ width: 0, height: 0, durationMs: ms, bytes: 2e6 } as Asset, 'en')).toBe(`${said} · 2 MB`)
})

it('a picture has sides, a sound a time, a film both', () => {
  const of = (width: number, height: number, durationMs = 0) => sizeOf({ width, height, durationMs, bytes: 2e6 } as Asset, 'en')
  expect([of(4096, 2731), of(0, 0, 187_000), of(1280, 720, 7_000)]).toEqual(['4096 × 2731 · 2 MB', '3:07 · 2 MB', '1280 × 720 · 0:07 · 2 MB'])
})
