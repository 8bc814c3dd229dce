import { expect, it } from 'vitest'
import { actionWord } from './action'

it.each([
  ['create', 'create'],
  ['relic.change', 'change'],
  ['relic.ledger.held', 'held'],
  ['account.factor.enrol', 'enrol'],
])('%s is told as %s', (action, word) => expect(actionWord(action)).toBe(word))
