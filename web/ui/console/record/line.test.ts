import { describe, expect, it } from 'vitest'
import { lengthOf, positionOf, read, withEnds, withPoint, written } from './line'

const gate = { lon: 113.62, lat: 34.86 }
const hall = { lon: 113.621, lat: 34.861 }
const pond = { lon: 113.622, lat: 34.86 }

describe('the length of a line', () => {
  it.each([
    ['nothing has none', [], 0],
    ['nor has a point', [gate], 0],
    ['a stretch', [gate, hall], 143.8],
    ['stretches add up', [gate, hall, pond], 287.7],
  ])('%s', (_rule, line, want) => {
    expect(lengthOf(line)).toBe(want)
  })
})

describe('a line as it is typed', () => {
  it('is read as it is written', () => {
    expect(read(written([gate, hall]))).toEqual({ line: [gate, hall], wrong: 0 })
  })
  it.each([
    ['Chinese commas, tabs and empty lines', '113.62，34.86\n\n113.621\t34.861', { line: [gate, hall], wrong: 0 }],
    ['the first line that is no point', '113.62, 34.86\n113.6', { line: [gate], wrong: 2 }],
    ['what is off the earth', '113.62, 134.86', { line: [], wrong: 1 }],
    ['words', 'gate', { line: [], wrong: 1 }],
  ])('%s', (_rule, text, want) => {
    expect(read(text)).toEqual(want)
  })
  it('keeps a centimetre', () => {
    expect(positionOf(113.620000049, 34.86)).toEqual(gate)
  })
})

describe('a point more', () => {
  it('goes into the nearest stretch', () => {
    const near = { lon: 113.6216, lat: 34.8604 }
    expect(withPoint([gate, hall, pond], near)).toEqual([gate, hall, near, pond])
  })
  it('goes to the end while there is no stretch', () => {
    expect(withPoint([gate], hall)).toEqual([gate, hall])
  })
})

describe('another spot at an end', () => {
  it('draws the straight line when both are known', () => {
    expect(withEnds([], {}, { from: gate })).toEqual([])
    expect(withEnds([], { from: gate }, { from: gate, to: hall })).toEqual([gate, hall])
  })
  it('takes the end along, but not one that was put elsewhere', () => {
    const beside = { lon: 113.6201, lat: 34.8601 }
    expect(withEnds([gate, hall], { from: gate, to: hall }, { from: gate, to: pond })).toEqual([gate, pond])
    expect(withEnds([beside, hall], { from: gate, to: hall }, { from: pond, to: hall })).toEqual([beside, hall])
  })
})
