import { describe, expect, it } from 'vitest'
import { byDay, type Happening, lawful, readPages, sentenceOf, toneOf } from './timeline'

const at = (day: number, hour = 9): string => new Date(2026, 10, day, hour).toISOString()
const h = (kind: string, more: Partial<Happening> = {}): Happening => ({ kind, id: kind, at: at(1), simulated: true, ...more })

describe('a timeline', () => {
  it('is put into days by the clock of the reader, in its order', () => {
    const days = byDay([h('alarm', { at: at(2, 23) }), h('stay', { at: at(2, 0) }), h('binding', { at: at(1, 23) })])
    expect(days.map((d) => [d.day, d.items.map((i) => i.kind)])).toEqual([['2026-11-02', ['alarm', 'stay']], ['2026-11-01', ['binding']]])
  })

  it('is read on from the moment of the last, until there is no more', async () => {
    const asked: (string | undefined)[] = []
    const store = [[h('a', { at: at(3) }), h('b', { at: at(2) })], [h('c', { at: at(1) })]]
    const ask = async (to?: string) => (asked.push(to), store[asked.length - 1] ?? [])
    expect(await readPages(ask, 1, 2)).toMatchObject({ items: [{ id: 'a' }, { id: 'b' }], more: true })
    asked.length = 0
    expect(await readPages(ask, 3, 2)).toMatchObject({ items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], more: false })
    expect(asked).toEqual([undefined, at(2)])
  })
})

describe('a happening', () => {
  it('is evidence only when an order covers it and no alarm belongs to it', () => {
    expect(lawful(h('passage', { movementId: 'm' }))).toBe(true)
    expect(lawful(h('passage', { movementId: 'm', alarmId: 'a' }))).toBe(false)
    expect(lawful(h('passage'))).toBe(false)
    expect(lawful(h('movement', { movementId: 'm' }))).toBe(false)
  })

  it('is loud while an alarm may be true', () => {
    expect(toneOf(h('alarm', { alarmState: 'raised' }))).toBe('danger')
    expect(toneOf(h('alarm', { alarmState: 'resolved', verdict: 'true' }))).toBe('danger')
    expect(toneOf(h('alarm', { alarmState: 'verified', verdict: 'drill' }))).toBeUndefined()
    expect(toneOf(h('passage', { alarmId: 'a' }))).toBe('danger')
    expect(toneOf(h('passage', { movementId: 'm' }))).toBe('celadon')
  })

  it('says whether it left or was seen again after that', () => {
    expect([h('passage'), h('passage', { back: true }), h('stay')].map(sentenceOf)).toEqual(['exit', 'back', 'stay'])
  })
})
