import { expect, it } from 'vitest'
import { licenceName } from './licence'
import { around, share, turnOf } from './picture'

it.each([
  [0, 1, 3, 1],
  [2, 1, 3, 0],
  [0, -1, 3, 2],
  [0, 1, 1, 0],
])('from %i by %i of %i is %i', (index, by, count, want) => {
  expect(around(index, by, count)).toBe(want)
})

it.each([
  [-80, 10, 1, 'leftwards is the next'],
  [80, -10, -1, 'rightwards is the one before'],
  [-40, 0, 0, 'a short way is none'],
  [-80, 60, 0, 'a way down is none'],
])('a finger going %i, %i turns by %i: %s', (dx, dy, want) => {
  expect(turnOf(dx, dy)).toBe(want)
})

it('keeps the curtain in its frame', () => {
  expect([share(-0.2), share(0.4), share(1.7)]).toEqual([0, 0.4, 1])
})

it.each([
  ['https://creativecommons.org/licenses/by-sa/4.0/', 'CC BY-SA 4.0'],
  ['http://creativecommons.org/publicdomain/zero/1.0/', 'CC0 public domain dedication'],
  ['https://creativecommons.org/publicdomain/mark/1.0/', 'Public domain mark'],
  ['http://rightsstatements.org/vocab/InC-EDU/1.0/', 'In copyright, educational use permitted'],
  ['https://example.org/terms', 'https://example.org/terms'],
])('%s is called %s', (address, name) => {
  expect(licenceName(address).en).toBe(name)
})
