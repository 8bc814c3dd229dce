import { describe, expect, it } from 'vitest'
import type { Visiting } from '@shared/api/types'
import { show } from '../test/mount'
import VisitPanel from './VisitPanel.vue'

const source = { text: { zh: '河南博物院官网', en: 'Henan Museum' }, checkedOn: '2026-11-20', confidence: 'high' as const }
const visiting: Visiting = {
  hours: { seasons: [{ week: [{ days: [2, 3, 4, 5, 6, 7], opens: '09:00', closes: '17:30', lastEntry: '16:30' }, { days: [1], closed: true }] }], source },
  admission: { free: null, tickets: [{ name: { zh: '成人', en: 'Adult' }, fen: 8000 }, { name: { zh: '儿童', en: 'Child' }, fen: 0 }], source: { ...source, confidence: 'low' } },
  booking: { required: false, channels: [], source },
  identity: null,
}
const panel = (visit: Visiting | null, now: string) => show({ of: VisitPanel, props: { visiting: visit, timeZone: 'Asia/Shanghai', now: new Date(now) } })

describe('what one has to know before coming', () => {
  it.each([
    ['2026-11-24T02:00:00Z', '正在开放'], // Tuesday 10:00 there
    ['2026-11-24T08:45:00Z', '已过最晚入场时间'],
    ['2026-11-24T00:00:00Z', '今日尚未开门'],
    ['2026-11-24T10:00:00Z', '今日已关门'],
    ['2026-11-23T02:00:00Z', '今日闭馆'],
  ])('at %s says %s', async (now, said) => {
    const { wrapper } = await panel(visiting, now)
    expect(wrapper.find('.today').text()).toContain(said)
  })
  it('unknown points at the official notice and is neither closed nor free', async () => {
    const { text } = await panel(null, '2026-11-24T02:00:00Z')
    expect(text().match(/以官方公告为准/g)?.length).toBeGreaterThanOrEqual(5)
    expect(text()).not.toContain('闭馆')
    expect(text()).not.toContain('免费')
  })
  it('names the price, free for some, and source and day of each part', async () => {
    const { text } = await panel(visiting, '2026-11-24T02:00:00Z')
    for (const said of ['成人80 元', '儿童免费', '不需要预约', '最晚入场 16:30', '河南博物院官网 · 2026年11月20日查看', '待核']) expect(text(), said).toContain(said)
  })
})
