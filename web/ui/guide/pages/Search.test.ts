import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { show, type Server } from '../test/mount'

const item = (id: string, title: string, marked = '') => ({ kind: 'relic', id, title: { zh: title, en: title }, summary: { zh: '', en: '' }, highlight: { title: marked }, score: 1, fromYear: -670, toYear: -570, show: { holderZh: '河南博物院' } })
const facets = { kind: [{ value: 'relic', label: '文物', count: 2 }, { value: 'site', label: '遗址', count: 1 }], era: [{ value: 'chunqiu', label: '春秋', count: 2 }] }
const server: Server = (path, query) => {
  if (path === '/suggest') return { completions: [{ text: '莲鹤方壶', highlight: '<em>莲</em>鹤方壶', kind: 'relic', id: 'r1' }], corrections: [] }
  if (query.get('q') === '无') return { total: 0, items: [], facets: {}, cursor: '' }
  return { total: 2, items: [item('r1', '莲鹤方壶', '<em>莲鹤</em>方壶'), item('r2', '立鹤<b>')], facets, cursor: '' }
}

describe('the search page', () => {
  it('asks what the address says and marks what matched', async () => {
    const { wrapper, asked, text } = await show({ at: '/search?q=莲鹤&kind=relic&facet.era=chunqiu', server })
    expect(asked).toContain('/search?facet.era=chunqiu&kind=relic&limit=20&q=莲鹤')
    expect(wrapper.find('mark').text()).toBe('莲鹤')
    expect(text()).toContain('2 条结果')
    expect(text()).toContain('公元前670—前570年 · 河南博物院')
    expect(wrapper.find('.rows').html()).toContain('立鹤&lt;b&gt;') // a name is text, whatever it holds
  })
  it('a kind is a chip with its count that is switched in the address', async () => {
    const { wrapper, router } = await show({ at: '/search?q=莲', server })
    const chips = wrapper.findAll('.kinds .chip')
    expect(chips.map((c) => c.text())).toEqual(['文物2', '遗址古迹1'])
    await chips[1]!.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ q: '莲', kind: ['site'] })
  })
  it('asks once for a word that is typed quickly', async () => {
    vi.useFakeTimers()
    try {
      const { wrapper, asked } = await show({ at: '/search', server })
      const input = wrapper.find('input')
      for (const text of ['莲', '莲鹤', '莲鹤方']) {
        await input.setValue(text)
        await vi.advanceTimersByTimeAsync(60)
      }
      await vi.advanceTimersByTimeAsync(500)
      await flushPromises()
      expect(asked.filter((a) => a.startsWith('/search?') && a.includes('q='))).toEqual(['/search?limit=20&q=莲鹤方'])
      expect(asked.filter((a) => a.startsWith('/suggest'))).toEqual(['/suggest?q=莲鹤方'])
    } finally {
      vi.useRealTimers()
    }
  })
  it('helps when nothing is found', async () => {
    const { wrapper, text, router } = await show({ at: '/search?q=无&kind=relic', server })
    expect(text()).toContain('没有找到“无”')
    await wrapper.find('.nothing button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ q: '无' })
  })
})
