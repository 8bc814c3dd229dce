import { afterEach, describe, expect, it, vi } from 'vitest'
import { org, show, type Server } from '../test/mount'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  document.body.innerHTML = ''
})

const code = (c: string, zh: string) => ({ code: c, label: { zh, en: c } })
const now = Date.parse('2026-10-01T04:00:00Z') // noon in Shanghai
const moment = (minutes: number, at: string, over: object = {}) => ({
  minutes, at, state: code('live', '实时'), level: code('busy', '较拥挤'), peak: null, best: code('busy', '较拥挤'), worst: code('crowded', '拥挤'),
  inside: { expected: 1500, low: 1300, high: 1700 }, entered: { expected: 4000, low: 3900, high: 4200 }, holidayKnown: true, ...over,
})
const watched = (over: object = {}) => ({
  areaId: 'a1', org: 'demo-area', name: { zh: '示范景区', en: 'Model' }, timeZone: 'Asia/Shanghai', simulated: true, state: code('live', '实时'), level: code('comfortable', '舒适'), peak: null, full: false,
  inside: 1100, asOf: '2026-10-01T03:58:00Z', madeAt: '2026-10-01T03:57:00Z', until: '2026-10-01T03:45:00Z', share: 0.8,
  ahead: [moment(15, '2026-10-01T04:15:00Z'), moment(60, '2026-10-01T05:00:00Z'), moment(180, '2026-10-01T07:00:00Z', { state: code('closed', '未开放'), level: null, best: null, worst: null, inside: null })],
  rise: { at: '2026-10-01T04:15:00Z', level: code('busy', '较拥挤') },
  plan: { started: [], next: [{ from: code('busy', '较拥挤'), do: { zh: '增派引导员', en: 'More guides' } }], at: '2026-10-01T04:15:00Z', likely: true, lacks: [] }, ...over,
})

async function areaWatch(over: object = {}) {
  const { page } = await show({ of: () => import('./AreaWatch.vue'), props: { watch: watched(over), now }, can: {} })
  const text = (id: string) => page().querySelector(`[data-testid="${id}"]`)?.textContent?.replace(/\s+/g, ' ').trim()
  return { page, text }
}

describe('an area that is watched', () => {
  it('tells now and the next moments, with the interval, the age and what is made up', async () => {
    const { text } = await areaWatch()
    expect(text('watch-now')).toBe('现在舒适在园 1,100 人')
    expect(text('watch-15')).toBe('15 分钟后 12:15较拥挤在园 1,500 人 1,300～1,700可能在较拥挤与拥挤之间')
    expect(text('watch-180')).toBe('3 小时后 15:00未开放')
    expect(text('watch-age')).toBe('人数：2分钟前的统计。预测：3分钟前得出，依据截至 11:45 的统计，范围含 80% 的可能。含模拟数据。')
  })
  it('tells the next step of the plan, or what is missing to tell it', async () => {
    expect((await areaWatch()).text('watch-plan')).toBe('应对预案预计 12:15 · 较拥挤 增派引导员')
    document.body.innerHTML = ''
    const lacks = [code('no-measures', '没有登记应对措施'), code('no-forecast', '计数太少')]
    const none = await areaWatch({ madeAt: null, until: null, ahead: [], plan: { started: [{ from: code('III', '高峰Ⅲ级'), do: null }], next: [], at: null, likely: false, lacks } })
    expect(none.text('watch-plan')).toBe('应对预案已触发：高峰Ⅲ级 没有登记应对措施计数太少')
    document.body.innerHTML = ''
    const perhaps = await areaWatch({ simulated: false, plan: { started: [], next: [{ from: code('packed', '严重拥挤'), do: null }], at: '2026-10-02T04:15:00Z', likely: false, lacks: [] } })
    expect(perhaps.text('watch-plan')).toBe('应对预案人多时可能 10-02 12:15 · 严重拥挤')
    expect(perhaps.text('watch-age')).toContain('均为实测')
  })
  it('has no level and no number of what is not counted', async () => {
    const { text } = await areaWatch({ state: code('unknown', '暂无数据'), level: null, inside: null, asOf: null, plan: { started: [], next: [], at: null, likely: false, lacks: [] } })
    expect(text('watch-now')).toBe('现在暂无数据')
    expect(text('watch-plan')).toBe('应对预案24 小时内预计不触发下一步。')
    expect(text('watch-age')).toContain('还没有统计')
  })
})

describe('the areas on the duty screen', () => {
  const house = (list: ReturnType<typeof watched>[]): Server => (_method, path, query) => {
    if (path === '/areas') return { items: query.get('org') === 'demo-area' ? list.map((w) => ({ id: w.areaId })) : [], cursor: '' }
    return list.find((w) => path === `/areas/${w.areaId}/crowd/watch`)
  }
  const duty = async (list: ReturnType<typeof watched>[]) => {
    const shown = await show({ of: () => import('../duty/AreasAhead.vue'), props: { now }, can: { 'area.read': ['demo-area'] }, orgs: [org('demo-area', 'area'), org('demo-museum')], server: house(list) })
    await shown.loadOrgs()
    await shown.settle()
    return shown
  }
  it('marks what is about to fill before it does, and shows it first', async () => {
    const { page, asked } = await duty([watched({ areaId: 'full', rise: null, level: code('packed', '严重拥挤') }), watched()])
    const areas = [...page().querySelectorAll('article')]
    expect(areas.map((a) => [a.dataset.testid, a.dataset.rise])).toEqual([['watch-area-a1', 'busy'], ['watch-area-full', undefined]])
    expect(page().querySelector('[data-testid="watch-rise"]')!.textContent).toBe('12:15 起预计较拥挤')
    expect(asked).not.toContain('/areas?view=staff&org=demo-museum&limit=200')
  })
  it('names how many are not counted instead of showing them empty', async () => {
    const { page } = await duty([watched({ areaId: 'b', state: code('unknown', '暂无数据'), level: null, inside: null, asOf: null, madeAt: null, until: null, ahead: [], rise: null })])
    expect(page().querySelectorAll('article')).toHaveLength(0)
    expect(page().querySelector('[data-testid="watch-uncounted"]')!.textContent).toBe('另有 1 个景区没有计数，人数不明。')
  })
  it('is not there for a house without areas', async () => {
    const { page } = await duty([])
    expect(page().querySelector('[data-testid="duty-areas"]')).toBeNull()
  })
})
