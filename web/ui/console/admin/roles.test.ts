import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { show } from '../test/mount'

afterEach(() => vi.unstubAllGlobals())

/** The roles of so many accounts, as the table of accounts shows them. */
const shown = ref(0)
const accounts = async () => {
  const { default: GrantBadges } = await import('./GrantBadges.vue')
  return { default: defineComponent(() => () => Array.from({ length: shown.value }, () => h(GrantBadges, { grants: [{ role: 'keeper', org: '*' }] }))) }
}
const roles = { items: [{ code: 'keeper', label: { zh: '库房保管员', en: 'Keeper' }, actions: [] }] }

it('the roles are asked for once, however many accounts show theirs', async () => {
  shown.value = 50
  const { asked, wrapper } = await show({ of: accounts, can: {}, server: () => roles })
  expect(asked).toEqual(['/roles'])
  expect(wrapper.text().match(/库房保管员/g)).toHaveLength(50)
})

it('after a failure they are asked for again', async () => {
  shown.value = 2
  let up = false
  const { asked, wrapper } = await show({ of: accounts, can: {}, server: () => (up ? roles : 503) })
  expect(asked).toEqual(['/roles'])
  up = true
  shown.value = 3
  await flushPromises()
  expect(asked).toEqual(['/roles', '/roles'])
  await flushPromises()
  expect(wrapper.text().match(/库房保管员/g)).toHaveLength(3)
})
