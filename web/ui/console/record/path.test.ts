import { describe, expect, it } from 'vitest'
import { formPath, putAt, sameForm, stepsOf, tidy, valueAt } from './path'

describe('paths of the server', () => {
  it.each([
    ['name.zh', ['name', 'zh']],
    ['dimensions[0].valueMM', ['dimensions', 0, 'valueMM']],
    ['visiting.hours.seasons[1].week[0].days', ['visiting', 'hours', 'seasons', 1, 'week', 0, 'days']],
  ])('%s', (path, want) => expect(stepsOf(path)).toEqual(want))

  it.each([
    ['fields.name.zh', 'name.zh'],
    ['body.fields.dimensions[0].valueMM', 'dimensions[0].valueMM'],
    ['reason', 'reason'],
    ['fieldsOther', 'fieldsOther'],
  ])('%s stands at %s in the form', (path, want) => expect(formPath(path)).toBe(want))
})

describe('putAt', () => {
  it('makes groups and lists on the way', () => {
    const tree = {}
    putAt(tree, 'dimensions[0].valueMM', 12)
    expect(tree).toEqual({ dimensions: [{ valueMM: 12 }] })
    expect(valueAt(tree, 'dimensions[0].valueMM')).toBe(12)
    expect(valueAt(tree, 'dimensions[1].valueMM')).toBeUndefined()
  })
  it('takes a member away and makes nothing for that', () => {
    const tree = { name: { zh: '鼎' } }
    putAt(tree, 'name.zh', undefined)
    putAt(tree, 'mass.grams', undefined)
    expect(tree).toEqual({ name: {} })
  })
})

describe('tidy', () => {
  it.each([
    [{ a: '', b: ' ', c: null, d: [], e: {}, f: { g: [{}] } }, undefined],
    [{ a: false, b: 0, c: 'x' }, { a: false, b: 0, c: 'x' }],
    [{ list: [{ a: '' }, { a: 'y' }] }, { list: [{ a: 'y' }] }],
  ])('%o', (tree, want) => expect(tidy(tree)).toEqual(want))
  it('does not care for the order of members', () => {
    expect(sameForm({ a: 1, b: { c: 2, d: 3 } })).toBe(sameForm({ b: { d: 3, c: 2 }, a: 1, e: '' }))
  })
})
