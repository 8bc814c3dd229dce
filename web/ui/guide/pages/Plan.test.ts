import { beforeEach, describe, expect, it, vi } from 'vitest'
import { flushPromises } from '@vue/test-utils'
import { show, type Server } from '../test/mount'

const at = (minute: number) => new Date(Date.now() + minute * 60_000).toISOString()
const reason = (code: string, zh: string) => ({ code, text: { zh, en: zh } })
const stop = (spotId: string, minute: number, level?: string) => ({
  spotId, kind: 'spot', name: { zh: `景${spotId}` }, arriveAt: at(minute), beginAt: at(minute), leaveAt: at(minute + 10), walkM: 120, rideM: 0, paths: ['p'], estimated: spotId === '2',
  level: level ? { code: level, label: { zh: '拥挤' } } : null, why: [reason('worth', '最值得看')],
})
const plan = (over: object = {}) => ({
  areaId: 'a', timeZone: 'Asia/Shanghai', computedAt: at(0), startAt: at(0), endAt: at(60), gate: { id: 'g', name: { zh: '南门' } }, stops: [stop('1', 5, 'crowded'), stop('2', 20)], homePaths: [], homeM: 200, walkM: 440, rideM: 0, unlisted: 0,
  left: [{ spotId: '3', name: { zh: '景3' }, must: false, why: reason('no-time', '时间不够') }, { spotId: '4', name: { zh: '景4' }, must: false, why: reason('shut', '不开放') }],
  changes: [], score: 9, estimated: true, crowd: { basis: 'now', asOf: at(0) }, simulated: true, ...over,
})
const area = { id: 'a', name: { zh: '示范景区' }, timeZone: 'Asia/Shanghai', schematic: true }
const spots = { items: ['g', '1', '2'].map((id, i) => ({ id, name: { zh: id }, location: { lon: 113 + i / 1000, lat: 34, precisionM: 5 } })) }
const server = (answer: () => unknown): Server => (path) => (path === '/plans' ? answer() : path.endsWith('/spots') ? spots : path.endsWith('/paths') ? { items: [] } : area)

describe('the plan of an area', () => {
  beforeEach(() => localStorage.clear())

  it('is made at once and says times, ways, levels and reasons', async () => {
    const { text, asked } = await show({ at: '/areas/a/plan', server: server(() => plan()) })
    expect(asked).toContain('/plans')
    for (const part of ['2 个景点，步行 440 米', '景1', '步行 120 米', '拥挤', '最值得看', '估算', '回到南门', '没有排入的 2 处', '时间不够', '拥挤程度按现在的情况', '模拟数据']) expect(text()).toContain(part)
  })
  it('is read without a network from what the browser keeps, and says so', async () => {
    await show({ at: '/areas/a/plan', server: server(() => plan()) })
    const { text, wrapper } = await show({ at: '/areas/a/plan', server: () => undefined })
    expect(text()).toContain('景1')
    await wrapper.findAll('.acts button')[0]!.trigger('click')
    await flushPromises()
    expect(text()).toContain('没有网络，这是本机保存的行程')
    expect(text()).toContain('景1')
  })
  it('says that it is old', async () => {
    await show({ at: '/areas/a/plan', server: server(() => plan({ computedAt: at(-45) })) })
    const { text } = await show({ at: '/areas/a/plan', server: () => undefined })
    expect(text()).toContain('按45分钟前的情况排定')
    expect(text()).toContain('开放和拥挤情况可能已变')
  })
  it('is made anew from the stop that was seen, and says what changed', async () => {
    let sent: Record<string, unknown> = {}
    const answer = vi.fn(() => plan())
    const { wrapper, text } = await show({ at: '/areas/a/plan', server: server(answer), onBody: (body) => (sent = body) })
    expect(sent).toMatchObject({ areaId: 'a', budgetMinutes: 180 })
    await wrapper.findAll('[data-testid="plan-stop"] button[aria-pressed]')[0]!.trigger('click')
    expect(text()).toContain('已看过：景1')
    answer.mockImplementation(() => plan({ stops: [stop('2', 5)], changes: [{ spotId: '3', name: { zh: '景3' }, how: 'dropped', why: reason('no-time', '时间不够') }] }))
    await wrapper.find('.acts button').trigger('click')
    await flushPromises()
    await flushPromises()
    expect(sent).toMatchObject({ startSpot: '1', done: ['1'], before: ['2'] })
    expect(Number(sent.budgetMinutes)).toBeGreaterThanOrEqual(178)
    expect(text()).toContain('和原来相比')
    expect(text()).toContain('去掉 · 时间不够')
  })
  it('is made again from nothing when it is over', async () => {
    await show({ at: '/areas/a/plan', server: server(() => plan()) })
    const kept = JSON.parse(localStorage.getItem('yjy.plan.a')!)
    localStorage.setItem('yjy.plan.a', JSON.stringify({ ...kept, deadline: at(-1500), done: [{ spotId: '1', name: { zh: '景1' } }] }))
    let sent: Record<string, unknown> = {}
    const { wrapper } = await show({ at: '/areas/a/plan', server: server(() => plan()), onBody: (body) => (sent = body) })
    await wrapper.find('.acts button').trigger('click')
    await flushPromises()
    expect(sent).toMatchObject({ areaId: 'a', budgetMinutes: 180 })
    expect(Object.keys(sent)).not.toContain('before')
    expect(Math.abs(Date.parse(String(sent.startAt)) - Date.now())).toBeLessThan(600_000)
  })
  it('is for tomorrow when everything is shut today, and says so', async () => {
    const asked: string[] = []
    const answer = () => (asked.length === 1 ? plan({ stops: [], left: [{ spotId: '3', name: { zh: '景3' }, must: false, why: reason('shut', '不开放') }] }) : plan())
    const { text } = await show({ at: '/areas/a/plan', server: server(answer), onBody: (body) => asked.push(String(body.startAt)) })
    await flushPromises()
    expect(asked).toHaveLength(2)
    expect(asked[1]).toMatch(/T01:00:00.000Z$/) // nine by the clock of the area
    expect(text()).toContain('这是明天上午九点出发的行程')
    expect(text()).toContain('景1')
  })
  it('a choice changes it at once; a spot can be asked for and refused', async () => {
    let sent: Record<string, unknown> = {}
    const { wrapper } = await show({ at: '/areas/a/plan', server: server(() => plan()), onBody: (body) => (sent = body) })
    await wrapper.findAll('.chip').find((c) => c.text() === '推婴儿车')!.trigger('click')
    await flushPromises()
    expect(sent).toMatchObject({ accessible: 'pushchair', must: [] })
    await wrapper.find('[aria-label="一定要去景3"]').trigger('click')
    await flushPromises()
    expect(sent).toMatchObject({ must: ['3'] })
    await wrapper.find('[aria-label="不去这里：景1"]').trigger('click')
    await flushPromises()
    expect(sent).toMatchObject({ must: ['3'], avoid: ['1'] })
    expect(wrapper.find('[aria-label="一定要去景4"]').exists()).toBe(false)
  })
})

describe('the day in a city', () => {
  beforeEach(() => localStorage.clear())
  const name = { zh: '甲市', en: 'Jia' }
  const place = (id: string, kind: string, minute: number, rideM: number) => ({ ...stop(id, minute), kind, name: { zh: `地${id}` }, location: { lat: 34, lon: 113 }, walkM: rideM ? 0 : 300, rideM, paths: [], estimated: true })
  const day = (over: object = {}) => plan({
    areaId: '', city: name, gate: null, stops: [{ ...place('m', 'museum', 0, 0), walkM: 0 }, place('s', 'site', 130, 0), place('a', 'area', 200, 6200)], walkM: 300, rideM: 6200, homeM: 0,
    estimate: { name: 'straight-line', version: 1, text: { zh: '无实测路网，按直线距离估算', en: 'No measured road network' } }, unlisted: 7, crowd: { basis: 'none' }, simulated: false,
    left: [{ spotId: 'd', kind: 'museum', name: { zh: '示范馆' }, must: false, why: reason('made-up', '演示用的地点') }], ...over,
  })

  it('says how one walks and rides, by what it is estimated, and leads to each record', async () => {
    let sent: Record<string, unknown> = {}
    const { text, wrapper, asked } = await show({ at: `/cities/${encodeURIComponent('甲市')}/plan`, server: server(() => day()), onBody: (body) => (sent = body) })
    expect(sent).toMatchObject({ city: '甲市', budgetMinutes: 480 })
    expect(Object.keys(sent)).not.toContain('areaId')
    expect(asked.filter((path) => path.startsWith('/areas'))).toEqual([])
    for (const part of ['3 处，步行 300 米，乘车 6.2 公里', '步行 300 米', '乘车 6.2 公里', '无实测路网，按直线距离估算', '另有 7 处', '不限起点']) expect(text()).toContain(part)
    const ways = wrapper.findAll('[data-testid="plan-stop"] .way')
    expect(ways).toHaveLength(2) // who begins anywhere has no way to the first
    expect(wrapper.findAll('[data-testid="plan-stop"] .name').map((a) => a.attributes('href'))).toEqual(['/museums/m', '/sites/s', '/areas/a'])
    expect(text()).not.toContain('餐饮')
    await wrapper.find('[aria-label="一定要去示范馆"]').trigger('click')
    await flushPromises()
    expect(sent).toMatchObject({ city: '甲市', must: ['d'] })
  })
  it('is kept apart from the plans of areas and read without a network', async () => {
    await show({ at: '/cities/甲市/plan', server: server(() => day()) })
    expect(Object.keys(localStorage)).toEqual(['yjy.plan.city.甲市'])
    const { text } = await show({ at: '/cities/甲市/plan', server: () => undefined })
    expect(text()).toContain('地m')
  })
  it('is a tap away from the plan of an area, and back', async () => {
    const about = { ...area, division: { city: name } }
    const answer: Server = (path) => (path === '/plans' ? plan() : path.endsWith('/spots') ? spots : path.endsWith('/paths') ? { items: [] } : about)
    const { wrapper } = await show({ at: '/areas/a/plan', server: answer })
    const link = wrapper.find('[data-testid="plan-city"]')
    expect(decodeURIComponent(link.attributes('href')!)).toBe('/cities/甲市/plan?from=a')
    const there = await show({ at: '/cities/甲市/plan?from=a', server: server(() => day()) })
    expect(there.wrapper.find('.scope a').attributes('href')).toBe('/areas/a/plan')
    expect(there.wrapper.find('[data-testid="plan-city"]').attributes('aria-current')).toBe('page')
  })
  it('begins with the place with which it was asked for', async () => {
    let sent: Record<string, unknown> = {}
    await show({ at: '/cities/甲市/plan?from=a&with=a', server: server(() => day()), onBody: (body) => (sent = body) })
    expect(sent).toMatchObject({ must: ['a'] })
  })
  it('is for tomorrow when it is night and no hours are known', async () => {
    const asked: string[] = []
    const answer = () => (asked.length === 1 ? day({ stops: [], left: [{ spotId: 'm', kind: 'museum', name: { zh: '馆' }, must: false, why: reason('daytime-only', '没有公布开放时间') }] }) : day())
    const { text } = await show({ at: '/cities/甲市/plan', server: server(answer), onBody: (body) => asked.push(String(body.startAt)) })
    await flushPromises()
    expect(asked).toHaveLength(2)
    expect(text()).toContain('这是明天上午九点出发的行程')
  })
})
