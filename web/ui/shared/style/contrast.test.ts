import { describe, expect, it } from 'vitest'
import css from './tokens.css?raw'

function tokens(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {\n  color-scheme`)
  expect(start, `block ${selector}`).toBeGreaterThanOrEqual(0)
  const block = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries([...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]))
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(a: string, b: string): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (hi + 0.05) / (lo + 0.05)
}

const grounds = ['paper', 'surface', 'sunken'] as const
const texts = ['ink', 'ink-2', 'ink-3', 'celadon', 'celadon-strong', 'cinnabar', 'ochre'] as const
const textPairs: [string, string][] = [
  ...texts.flatMap((text) => grounds.map((ground): [string, string] => [text, ground])),
  ['on-celadon', 'celadon'],
  ['on-cinnabar', 'cinnabar'],
  ['celadon-strong', 'celadon-soft'],
  ['cinnabar', 'cinnabar-soft'],
  ['ochre', 'ochre-soft'],
  ['ink', 'mark'],
  ['ink', 'celadon-soft'],
  ['ink', 'cinnabar-soft'],
  ['ink', 'ochre-soft'],
  ['ink-3', 'cinnabar-soft'],
  ['ink-3', 'ochre-soft'],
  ['ink-2', 'map-land'],
]
const shapePairs: [string, string][] = [
  ['line-strong', 'surface'],
  ['line-strong', 'paper'],
  ['celadon', 'map-land'],
  ['cinnabar', 'map-land'],
  ['map-path', 'map-land'],
]

describe.each([
  ['light', "[data-theme='light']"],
  ['dark', "[data-theme='dark']"],
])('colours of the %s theme', (_name, selector) => {
  const colour = tokens(selector)
  const ratio = (a: string, b: string) => {
    expect(colour[a], `--${a}`).toBeDefined()
    expect(colour[b], `--${b}`).toBeDefined()
    return contrast(colour[a]!, colour[b]!)
  }
  it.each(textPairs)('%s on %s is readable text (AA, 4.5:1)', (text, ground) => {
    expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5)
  })
  it.each(shapePairs)('%s on %s is a visible shape (AA, 3:1)', (shape, ground) => {
    expect(ratio(shape, ground)).toBeGreaterThanOrEqual(3)
  })
})
