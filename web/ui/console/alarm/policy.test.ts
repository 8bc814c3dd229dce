import { expect, it } from 'vitest'
import { draftOf, type Policy, rulesOf, startsAt } from './policy'

const policy: Policy = {
  org: 'demo-museum', rev: 0, source: 'x', verified: false,
  rules: [
    { severity: 2, verifyMinutes: 30, steps: [{ role: 'dispatcher', minutes: 10 }] },
    { severity: 1, verifyMinutes: 15, steps: [{ role: 'dispatcher', minutes: 3 }, { role: 'approver', minutes: 5 }] },
  ],
}

it('a draft has every severity in order and is no part of what was read', () => {
  const draft = draftOf(policy)
  expect(draft.map((r) => [r.severity, r.steps.length])).toEqual([[1, 2], [2, 1], [3, 0], [4, 0]])
  draft[0]!.steps[0]!.minutes = 99
  expect(policy.rules[1]!.steps![0]!.minutes).toBe(3)
})

it('minutes that are missing are sent for the server to refuse', () => {
  const draft = draftOf(policy)
  draft[0]!.steps[1]!.minutes = undefined
  expect(rulesOf(draft)[0]).toEqual({ severity: 1, verifyMinutes: 15, steps: [{ role: 'dispatcher', minutes: 3 }, { role: 'approver', minutes: 0 }] })
})

it('a step is asked when those before it have had their time', () => {
  expect(startsAt([{ role: 'a', minutes: 3 }, { role: 'b', minutes: 5 }, { role: 'c', minutes: undefined }])).toEqual([0, 3, 8])
})
