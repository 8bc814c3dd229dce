import { expect, it } from 'vitest'
import { type ExhibitSection, moved, movedTo, taken } from './exhibits'

const sections = (): ExhibitSection[] => [{ title: { zh: '一' }, items: [{ relicId: 'a' }, { relicId: 'b' }] }, { title: { zh: '二' } }]

it('an entry moves within the list and never out of it', () => {
  expect(moved([1, 2, 3], 0, 2)).toEqual([2, 3, 1])
  expect(moved([1, 2, 3], 2, 1)).toEqual([1, 3, 2])
  expect(moved([1, 2, 3], 0, -1)).toEqual([1, 2, 3])
  expect(moved([1, 2, 3], 2, 3)).toEqual([1, 2, 3])
})

it('an item goes to the end of another section', () => {
  const was = sections()
  const is = movedTo(was, 0, 0, 1)
  expect(is.map((s) => (s.items ?? []).map((it) => it.relicId))).toEqual([['b'], ['a']])
  expect(was).toEqual(sections())
  expect(movedTo(was, 0, 5, 1)).toEqual(was)
  expect(movedTo(was, 0, 0, 7)).toEqual(was)
})

it('what is in the exhibition is known across sections', () => {
  expect([...taken(movedTo(sections(), 0, 0, 1))].sort()).toEqual(['a', 'b'])
})
