import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { show } from '../test/mount'
import ComfortBadge from './ComfortBadge.vue'
import ComfortPanel from './ComfortPanel.vue'
import { lookEvery } from './comforts'

const code = (c: string, zh: string) => ({ code: c, label: { zh, en: c } })
const figure = (kind: string, over: object) => ({
  kind, label: { zh: kind === 'instant' ? '在园人数' : '累计入园', en: kind }, compared: { zh: '核定承载量', en: 'approved limit' },
  value: null, limit: null, percent: null, fromPercent: 0, belowPercent: 40, level: null, decides: false, ...over,
})
const answer = (over: object = {}) => ({
  areaId: 'a1', state: code('live', '实时'), level: code('busy', '较拥挤'), peak: null, full: false, asOf: '2026-10-01T03:58:00Z',
  figures: [figure('instant', { value: 620, limit: 1000, percent: 62, fromPercent: 60, belowPercent: 80, decides: true }), figure('daily', { value: 1100 })],
  approval: { by: { zh: '示范主管部门', en: '' }, document: '1号', on: '2026-01-05' }, scheme: { version: 'house-2026.1', source: '', verified: false },
  explanation: { zh: '两项取较差者：较拥挤。', en: '' }, simulated: true, ...over,
})

async function panel(body: unknown) {
  const shown = await show({ of: ComfortPanel, props: { area: 'a1' }, server: () => body })
  await vi.advanceTimersByTimeAsync(50)
  await flushPromises()
  return shown
}

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-10-01T04:00:00Z') }))
afterEach(() => void vi.useRealTimers())

describe('how full it is', () => {
  it('shows level, number, age, what it is compared with, and that it is simulated', async () => {
    const { text } = await panel({ items: [answer()] })
    for (const part of ['较拥挤', '620 人', '核定承载量 1,000 人的 62', '2分钟前的统计', '模拟数据', '示范主管部门', '核定承载量未核定']) expect(text()).toContain(part)
  })
  it('shows a band where the area tells no numbers', async () => {
    const { text } = await panel({ items: [answer({ figures: [figure('instant', { limit: 1000, fromPercent: 60, belowPercent: 80 })] })] })
    expect(text()).toContain('60%～80%')
    expect(text()).not.toContain('620')
  })
  it('tells unknown, stale, closed and zero apart', async () => {
    const said = new Set<string>()
    const zero = { level: code('clear', '畅通'), figures: [figure('instant', { value: 0, limit: 1000, percent: 0 })] }
    for (const over of [{ state: code('unknown', '暂无数据'), level: null, figures: [], asOf: null }, { state: code('stale', '数据已过时') }, { state: code('closed', '未开放'), level: null, figures: [] }, zero]) {
      const { text, wrapper } = await panel({ items: [answer(over)] })
      said.add(text())
      wrapper.unmount()
    }
    expect(said.size).toBe(4)
    expect([...said].filter((s) => s.includes('0 人') && s.includes('畅通'))).toHaveLength(1)
  })
  it('says nothing when the area is not told of', async () => {
    const { wrapper } = await panel({ items: [] })
    expect(wrapper.find('section').exists()).toBe(false)
  })
  it('looks again while it is shown, and not after', async () => {
    const { asked, wrapper } = await panel({ items: [answer()] })
    const looks = () => asked.filter((path) => path === '/comfort?areas=a1').length
    expect(looks()).toBe(1)
    await vi.advanceTimersByTimeAsync(lookEvery + 100)
    expect(looks()).toBe(2)
    wrapper.unmount()
    await vi.advanceTimersByTimeAsync(3 * lookEvery)
    expect(looks()).toBe(2)
  })
  it('keeps what it knows when the network goes, so that its age tells', async () => {
    let up = true
    const shown = await show({ of: ComfortPanel, props: { area: 'a1' }, server: () => (up ? { items: [answer()] } : undefined) })
    await vi.advanceTimersByTimeAsync(50)
    up = false
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    await flushPromises()
    expect(shown.text()).toContain('7分钟前的统计')
  })
  it('shows the index with its confidence and what is missing, and what it feels like', async () => {
    const index = { state: code('live', '实时'), value: 78.4, low: 60, high: 90, confidence: 0.7, grade: code('index-4', '舒适'), comfort: 78.4, safety: 100, version: 'index-2026.1', source: '', written: null,
      parts: [{ quantity: 'share', label: { zh: '占核定承载量', en: 'share' }, state: code('live', '实时'), weight: 45, score: 70 }, { quantity: 'wait', label: { zh: '预计等候', en: 'wait' }, state: code('unknown', '暂无数据'), weight: 15, score: null }], explanation: { zh: '缺少：预计等候。', en: '' } }
    const explained = [{ formula: 'apparent-steadman-bom', value: 15.5, grade: code('feels-cool', '偏凉'), explanation: { zh: '体感温度：15.5 °C。', en: '' } }, { formula: 'aqi', value: null, grade: null, explanation: { zh: '空气质量指数：暂无数据。', en: '' } }]
    const { text } = await panel({ items: [answer({ index, explained })] })
    for (const part of ['安全舒适指数', '78 分', '可信度 70%，缺少预计等候', '体感 16 °C · 偏凉', '体感温度：15.5 °C']) expect(text()).toContain(part)
  })
  it('tells a closed area neither an index nor how sure it is', async () => {
    const closed = code('closed', '未开放')
    const index = { state: closed, value: null, low: null, high: null, confidence: null, grade: null, comfort: null, safety: null, parts: [], explanation: { zh: '安全舒适指数：未开放。', en: '' } }
    const { text } = await panel({ items: [answer({ state: closed, level: null, figures: [], index, explained: [] })] })
    expect(text()).toContain('现在不在开放时间')
    expect(text()).not.toContain('可信度')
  })
  it('tells the wait that staff counted and the climate of the day, what is unknown with its reason', async () => {
    const live = code('live', '实时')
    const explained = [
      { formula: 'queue-little', state: live, value: 15, grade: code('wait-long', '等候较久'), explanation: { zh: '', en: '' }, inputs: [{ quantity: 'waiting', at: '2026-10-01T03:57:00Z' }] },
      { formula: 'climate-i', state: live, label: { zh: '温湿指数 I', en: 'I' }, value: 22.7, grade: code('climate-3', '舒适'), explanation: { zh: '', en: '' }, inputs: [{ quantity: 'mean-temperature', label: { zh: '平均气温', en: '' }, state: live, lack: null }] },
      { formula: 'climate-k', state: code('unknown', '暂无数据'), label: { zh: '风效指数 K', en: 'K' }, value: null, grade: null, explanation: { zh: '', en: '' }, inputs: [{ quantity: 'sunshine', label: { zh: '日照时数', en: 'sunshine' }, state: code('unknown', '暂无数据'), lack: code('no-source', '没有数据来源') }] },
    ]
    const { text } = await panel({ items: [answer({ explained })] })
    for (const part of ['排队约 15 分钟 · 等候较久 3分钟前', '温湿指数 I 22.7 · 舒适；风效指数 K 暂无数据（日照时数：没有数据来源）']) expect(text()).toContain(part)
    const old = await panel({ items: [answer({ explained: [{ ...explained[0]!, state: code('stale', '数据已过时') }] })] })
    expect(old.text()).not.toContain('排队约')
  })
  it('shows the next hours, the closed ones as closed', async () => {
    const later = [{ at: '2026-10-01T05:00:00Z', state: code('live', '实时'), level: code('busy', '较拥挤'), inside: { expected: 640, low: 500, high: 800 } }, { at: '2026-10-01T06:00:00Z', state: code('closed', '未开放'), level: null, inside: null }]
    const { text } = await show({ of: ComfortPanel, props: { area: 'a1' }, server: (path) => (path === '/comfort' ? { items: [answer()] } : { timeZone: 'Asia/Shanghai', madeAt: '2026-10-01T03:58:00Z', soon: [], later }) })
      .then(async (shown) => {
        await vi.advanceTimersByTimeAsync(50)
        await flushPromises()
        await vi.advanceTimersByTimeAsync(50)
        await flushPromises()
        return shown
      })
    for (const part of ['接下来几小时', '13:00', '较拥挤', '约 640 人', '未开放', '2分钟前根据以往统计预测']) expect(text()).toContain(part)
  })
  it('is a word on a card, and nothing where nothing is counted', async () => {
    for (const [over, want] of [[{}, '较拥挤'], [{ level: null }, '承载量未核定'], [{ state: code('unknown', '暂无数据') }, '']] as const) {
      const { text, wrapper } = await show({ of: ComfortBadge, props: { area: 'a1' }, server: () => ({ items: [answer(over)] }) })
      await vi.advanceTimersByTimeAsync(50)
      await flushPromises()
      expect(text()).toBe(want)
      wrapper.unmount()
    }
  })
})
