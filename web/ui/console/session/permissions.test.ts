import { describe, expect, it } from 'vitest'
import { may, mayEverywhere, orgsFor } from './permissions'

const registrar = { can: { 'record.write': ['demo-museum'], 'record.read': ['demo-museum', 'henan'] } }
const auditor = { can: { 'record.read': ['*'] } }

describe('may', () => {
  it.each([
    ['his own organisation', registrar, 'record.write', 'demo-museum', true],
    ['not another one', registrar, 'record.write', 'demo-museum-b', false],
    ['anywhere, when no organisation is named', registrar, 'record.write', undefined, true],
    ['not what no role of his allows', registrar, 'record.review', undefined, false],
    ['every organisation with a city-wide role', auditor, 'record.read', 'demo-museum-b', true],
    ['nothing for nobody', undefined, 'record.read', 'henan', false],
  ] as const)('%s', (_rule, actor, action, org, want) => {
    expect(may(actor as never, action, org)).toBe(want)
  })
  it('tells a city-wide right from one in some organisation', () => {
    expect([mayEverywhere(auditor, 'record.read'), mayEverywhere(registrar, 'record.read')]).toEqual([true, false])
  })
})

it('offers the organisations in which one may act, in the order of the list', () => {
  const known = [{ id: 'henan' }, { id: 'demo-museum-b' }, { id: 'demo-museum' }]
  expect(orgsFor(registrar, 'record.read', known)).toEqual([{ id: 'henan' }, { id: 'demo-museum' }])
  expect(orgsFor(auditor, 'record.read', known)).toEqual(known)
})
