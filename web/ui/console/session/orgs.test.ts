import { afterEach, expect, it, vi } from 'vitest'
import { org, show } from '../test/mount'

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

it.each([
  ['the devices', () => import('../device/Devices.vue'), '/devices', 'demo-museum'],
  ['the tags', () => import('../device/Tags.vue'), '/tags', 'demo-museum'],
  ['the zones', () => import('../zone/Zones.vue'), '/zones', 'demo-museum'],
  ['the movements', () => import('../movement/Movements.vue'), '/movements', 'demo-museum'],
  ['the areas', () => import('../area/Board.vue'), '/areas', 'demo-museum'],
] as const)('%s are asked for when it is known whose, not before', async (_what, of, path, whose) => {
  const mine = ['demo-museum', 'other-museum']
  const { asked, settle, loadOrgs, wrapper } = await show({
    of: of as never, can: { 'device.read': mine, 'movement.read': mine, 'area.read': mine }, orgs: [org('demo-museum'), org('other-museum')],
  })
  expect(asked).toEqual([])
  await loadOrgs()
  await settle()
  const lists = asked.filter((a) => a.startsWith(path))
  expect(lists).toHaveLength(1)
  expect(lists[0]).toContain(`org=${whose}`)
  wrapper.unmount()
})

it.each([
  ['the tags are those of a museum', () => import('../device/Tags.vue'), '/tags', 'demo-museum'],
  ['the areas are those of an area', () => import('../area/Board.vue'), '/areas', 'demo-area'],
  ['the movements are those of a museum, whatever the state', () => import('../movement/Movements.vue'), '/movements', 'demo-museum'],
] as const)('for who may see all, %s, and the page says whose', async (_what, of, path, whose) => {
  const { asked, settle, loadOrgs, wrapper } = await show({
    of: of as never, can: { 'device.read': ['*'], 'movement.read': ['*'], 'area.read': ['*'] },
    orgs: [org('bureau', 'authority'), org('demo-area', 'area'), org('demo-museum')],
  })
  await loadOrgs()
  await settle()
  expect(asked.find((a) => a.startsWith(path))).toContain(`org=${whose}`)
  expect(wrapper.find('[data-testid="house"]').text()).toContain(whose)
  wrapper.unmount()
})
