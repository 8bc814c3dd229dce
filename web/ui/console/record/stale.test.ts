import { describe, expect, it } from 'vitest'
import type { LiveChange } from '../frame/live'
import { createStale } from './stale'

const put = (id: string, rev: number, topic = 'relics'): LiveChange => ({ topic, id, org: 'demo-museum', rev, op: 'put' })
const gone = (id: string): LiveChange => ({ topic: 'relics', id, org: 'demo-museum', rev: 9, op: 'delete' })

/** A list that shows rows and can be read again. */
function showing(...rows: { id: string; rev: number }[]) {
  let now = rows
  const list = createStale('relics', () => now)
  return {
    ...list,
    read(next: { id: string; rev: number }[], meanwhile: LiveChange[] = []) {
      const done = list.reading()
      meanwhile.forEach(list.hear)
      now = next
      done()
    },
  }
}

describe('a list is stale', () => {
  it.each([
    ['when a record that it shows has a newer revision', put('a', 3), true],
    ['not by the revision that it shows', put('a', 2), false],
    ['when there is a record that it does not show', put('b', 1), true],
    ['when a record that it shows is removed', gone('a'), true],
    ['not when another is', gone('b'), false],
    ['not by another type of record', put('a', 3, 'sites'), false],
    ['when events were missed', undefined, true],
  ] as const)('%s', (_rule, change, want) => {
    const list = showing({ id: 'a', rev: 2 })
    list.hear(change)
    expect(list.stale.value).toBe(want)
  })

  it('until it is read again, but for what is told meanwhile', () => {
    const list = showing({ id: 'a', rev: 2 })
    list.hear(put('a', 3))
    list.hear(put('b', 1))
    list.read([{ id: 'a', rev: 4 }], [put('c', 1), put('a', 4)])
    expect(list.stale.value).toBe(true)
    list.read([{ id: 'a', rev: 4 }, { id: 'c', rev: 1 }])
    expect(list.stale.value).toBe(false)
  })

  it('not by its own steps, though they take a record out of it', () => {
    const list = showing({ id: 'a', rev: 2 })
    list.took([{ id: 'a', rev: 3 }])
    list.read([])
    list.hear(put('a', 3))
    expect(list.stale.value).toBe(false)
    list.hear(put('a', 4))
    expect(list.stale.value).toBe(true)
  })
})
