import { afterEach, describe, expect, it, vi } from 'vitest'
import { show, type Server } from '../test/mount'

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const code = (c: string, zh: string) => ({ code: c, label: { zh, en: c } })
const noSource = code('no-source', '没有数据来源')
const input = (quantity: string, zh: string, value: number | null, lack: object | null = null) => ({ quantity, label: { zh, en: quantity }, state: value === null ? code('unknown', '暂无数据') : code('live', '实时'), lack, value, unit: '', at: null, ageS: null, source: '' })
const figure = (formula: string, zh: string, value: number | null, inputs: object[], over: object = {}) => ({ formula, version: '1', label: { zh, en: formula }, state: value === null ? code('unknown', '暂无数据') : code('live', '实时'), value, unit: '', grade: null, confidence: 1, inputs, source: '', verified: true, explanation: { zh: `${zh}。`, en: '' }, written: '', ...over })
const crowd = (over: object = {}, index: object = {}) => ({
  areaId: 'a1', org: 'park', name: { zh: '园', en: 'Park' }, timeZone: 'Asia/Shanghai', day: '', inside: 0, entered: 0, drift: 0, gates: [], hours: [], proposal: null, queue: null,
  state: code('live', '实时'), level: code('clear', '畅通'), peak: null, full: false, asOf: null, figures: [], approval: null, scheme: { version: 'house-2026.1', source: { zh: '一键游默认', en: 'the default' }, verified: false },
  explanation: { zh: '', en: '' }, simulated: false,
  index: { state: code('live', '实时'), value: 80, low: 10, high: 95, confidence: 0.7, grade: code('index-5', '很舒适'), comfort: 80, safety: 100, parts: [{ quantity: 'wait', label: { zh: '预计等候', en: 'wait' }, state: code('unknown', '暂无数据'), lack: noSource, weight: 15, score: null }], explanation: { zh: '', en: '' }, version: '', source: { zh: '', en: '' }, written: null, ...index },
  explained: [
    figure('queue-little', '预计等候时间', null, [input('waiting', '排队人数', null, noSource)]),
    figure('climate-i', '温湿指数 I', 14.9, [input('mean-temperature', '平均气温', 15)], { grade: code('climate-2', '冷') }),
    figure('climate-k', '风效指数 K', null, [input('mean-wind', '平均风速', 2), input('sunshine', '日照时数', null, noSource)]),
  ], ...over,
})

async function detail(of: ReturnType<typeof crowd>, server: Server = () => undefined) {
  const ahead: Server = (...asked) => (asked[1].includes('/crowd/') ? 503 : server(...asked)) // what is expected is another matter
  const shown = await show({ of: () => import('./CrowdDetail.vue'), props: { crowd: of, now: Date.parse('2026-10-01T04:00:00Z') }, can: { 'alarm.answer': ['park'] }, server: ahead })
  return { ...shown, text: (id: string) => shown.page().querySelector(`[data-testid="${id}"]`)?.textContent?.replace(/\s+/g, ' ').trim() }
}

describe('what an area is judged by', () => {
  it('tells the climate of the day, and of what is unknown why', async () => {
    const { text } = await detail(crowd())
    expect(text('climate-i')).toBe('温湿指数 I 14.9 · 冷')
    expect(text('climate-k')).toBe('风效指数 K 暂无数据（日照时数：没有数据来源）')
    expect(text('index')).toContain('预计等候暂无数据没有数据来源')
    expect(text('queue-wait')).toBe('暂无数据 · 没有设备统计排队，也没有人登记')
    expect(text('crowd-detail')).toContain('house-2026.1 · 一键游默认')
    expect(text('crowd-detail')).not.toContain('the default')
  })
  it('has no confidence, no parts and no queue while it is closed', async () => {
    const closed = code('closed', '未开放')
    const { page, text } = await detail(crowd({ state: closed, level: null, explained: [figure('queue-little', '预计等候时间', null, [], { state: closed })] }, { state: closed, value: null, low: null, high: null, confidence: null, grade: null, comfort: null, safety: null }))
    expect(text('index')).toContain('未开放')
    expect(text('index')).not.toContain('可信度')
    expect(page().querySelector('[data-testid="index"] table')).toBeNull()
    expect(page().querySelector('[data-testid="queue-count"]')).toBeNull()
  })
  it('takes the count of a queue by hand', async () => {
    const sent: unknown[] = []
    const { page, settle } = await detail(crowd(), (method, path, _query, { body }) => {
      if (path.endsWith('/spots')) return { items: [{ id: 's1', fields: { name: { zh: '索道' } } }], cursor: '' }
      if (method !== 'PUT') return undefined
      sent.push(path, body)
      return crowd()
    })
    const type = async (id: string, value: string) => {
      const field = page().querySelector<HTMLInputElement>(`input[data-testid="${id}"], [data-testid="${id}"] input`)!
      field.value = value
      field.dispatchEvent(new Event('input'))
      await settle()
    }
    page().querySelector<HTMLElement>('[data-testid="queue-count"]')!.click()
    await settle()
    await type('queue-waiting', 'many')
    await type('queue-served', '120')
    page().querySelector('form')!.dispatchEvent(new Event('submit'))
    await settle()
    expect(sent).toEqual([])
    await type('queue-waiting', '30')
    page().querySelector('form')!.dispatchEvent(new Event('submit'))
    await settle()
    expect(sent).toEqual(['/areas/a1/queue', { waiting: 30, served: 120 }])
  })
})
