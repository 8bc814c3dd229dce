import { describe, expect, it, vi } from 'vitest'
import { flushPromises } from '@vue/test-utils'
import { show, type Server } from '../test/mount'
import NearMe from './NearMe.vue'

const cities = [{ value: '郑州市', label: '郑州市', count: 3 }]
const museum = { kind: 'museum', id: 'm1', title: { zh: '河南博物院' }, distanceM: 20 }

function standAt(answer: 'here' | 'denied') {
  const asked = vi.fn((ok: PositionCallback, no: PositionErrorCallback) =>
    answer === 'here' ? ok({ coords: { latitude: 34.78812, longitude: 113.66712 } } as GeolocationPosition) : no({ code: 1 } as GeolocationPositionError),
  )
  Object.defineProperty(window, 'isSecureContext', { value: true, configurable: true })
  Object.defineProperty(navigator, 'geolocation', { value: { getCurrentPosition: asked }, configurable: true })
  return asked
}

async function tap(server: Server) {
  const shown = await show({ of: NearMe, props: { cities, loading: false }, server })
  await shown.wrapper.find('.ask').trigger('click')
  await flushPromises()
  await flushPromises()
  return shown
}

describe('near me', () => {
  it('does not ask for the position until it is tapped', async () => {
    const asked = standAt('here')
    const { asked: requests } = await show({ of: NearMe, props: { cities, loading: false }, server: () => 500 })
    expect(asked).not.toHaveBeenCalled()
    expect(requests).toEqual([])
  })
  it('widens the circle until there is something, and sends no more than a hundred metres', async () => {
    standAt('here')
    const { asked, text } = await tap((_path, query) => (query.get('near')?.endsWith(',5') ? { total: 1, items: [museum] } : { total: 4, items: [museum] }))
    expect(asked).toEqual([5, 20].map((km) => `/search?kind=site&kind=museum&kind=area&kind=spot&limit=5&near=34.788,113.667,${km}&sort=distance`))
    expect(text()).toContain('100 米内')
    expect(text()).toContain('查看 20 公里内全部 4 处')
  })
  it('goes on without a position: the cities are still there', async () => {
    standAt('denied')
    const { wrapper, router, text } = await tap(() => 500)
    expect(text()).toContain('没有获得定位许可')
    const push = vi.spyOn(router, 'push')
    await wrapper.find('.cities button').trigger('click')
    expect(push).toHaveBeenCalledWith({ path: '/search', query: { 'facet.city': ['郑州市'] } })
  })
})
