import { afterEach, describe, expect, it, vi } from 'vitest'
import { show } from '../test/mount'

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const state = (c: string) => ({ code: c, label: { zh: c === 'closed' ? '未开放' : '实时', en: c } })
const step = (hour: number, expected: number | null) => ({
  at: `2026-10-01T0${hour}:00:00Z`, state: state(expected === null ? 'closed' : 'live'), level: null, peak: null, best: null, worst: null, holidayKnown: true,
  inside: expected === null ? null : { expected, low: expected - 10, high: expected + 10 }, entered: null,
})

describe('the chart of what is expected', () => {
  it('draws nothing while it is closed, and a line for each time that it is open', async () => {
    const { page } = await show({ of: () => import('./AheadChart.vue'), props: { list: [step(1, 100), step(2, 80), step(3, null), step(4, null), step(5, 60), step(6, 70)], timeZone: 'Asia/Shanghai', days: false }, can: {} })
    const lines = [...page().querySelectorAll('polyline')].map((l) => l.getAttribute('points')!.split(' ').length)
    expect(lines).toEqual([2, 2])
    expect(page().querySelectorAll('polygon')).toHaveLength(2)
    expect([...page().querySelectorAll('tbody tr')].map((r) => r.children[1]!.textContent)).toEqual(['100', '80', '未开放', '未开放', '60', '70'])
  })
})
