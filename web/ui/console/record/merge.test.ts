import { describe, expect, it } from 'vitest'
import { changedByMe, changesBetween, differences, merged } from './merge'

const base = { name: { zh: '鼎', en: 'Ding' }, grade: 'first', dimensions: [{ kind: 'height', valueMM: 10 }], mass: { grams: 5 } }

describe('differences of two versions of one record', () => {
  it('are none when both say the same in other words', () => {
    expect(differences(base, { ...base, notes: '' }, { ...base, aliases: [], mass: { grams: 5, range: undefined } })).toEqual([])
  })
  it('tell what I changed, what they changed and where we clash', () => {
    const mine = { ...base, name: { zh: '铜鼎', en: 'Ding' }, grade: 'second' }
    const theirs = { ...base, name: { zh: '大鼎', en: 'Ding' }, mass: { grams: 6 } }
    expect(differences(base, mine, theirs).map((d) => [d.path, changedByMe(d), d.clash])).toEqual([
      ['grade', true, false],
      ['mass.grams', false, false],
      ['name.zh', true, true],
    ])
  })
  it('take a list as one thing', () => {
    const mine = { ...base, dimensions: [{ kind: 'height', valueMM: 11 }] }
    expect(differences(base, mine, base).map((d) => d.path)).toEqual(['dimensions'])
  })
  it('name the members of a group that only one version has', () => {
    const theirs = { ...base, location: { lon: 113, lat: 34 } }
    expect(differences(base, base, theirs).map((d) => d.path)).toEqual(['location.lat', 'location.lon'])
  })
})

describe('merged', () => {
  it('is theirs with what I take over, and leaves theirs alone', () => {
    const mine = { ...base, grade: 'second', mass: {} }
    const theirs = { ...base, name: { zh: '大鼎', en: 'Ding' } }
    const list = differences(base, mine, theirs)
    const out = merged(theirs, list.filter(changedByMe))
    expect(out).toEqual({ ...theirs, grade: 'second', mass: {} })
    expect(theirs.grade).toBe('first')
  })
})

it('tells what changed from one version to the next', () => {
  expect(changesBetween({ a: 1, b: 'x' }, { a: 2, b: 'x', c: true })).toEqual([
    { path: 'a', old: 1, new: 2 },
    { path: 'c', old: undefined, new: true },
  ])
})
