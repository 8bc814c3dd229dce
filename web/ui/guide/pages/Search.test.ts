import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { show, type Server } from '../test/mount'

const item = (id: string, title: string, marked = '') => ({ kind: 'relic', id, title: { zh: title, en: title }, summary: { zh: '', en: '' }, highlight: { title: marked }, score: 1, fromYear: -670, toYear: -570, show: { holderZh: '河南博物院' } })
const facets = { kind: [{ value: 'relic', label: '文物', count: 2 }, { value: 'site', label: '遗址', count: 1 }], era: [{ value: 'chunqiu', label: '春秋', count: 2 }] }
const server: Server = (path, query) => {
  if (path === '/suggest') return { completions: [{ text: '莲鹤方壶', highlight: '<em>莲</em>鹤方壶', kind: 'relic', id: 'r1' }], corrections: [] }
  if (query.get('q') === '无') return { total: 0, items: [], facets: {}, cursor: '' }
  return { total: 2, items: [item('r1', '莲鹤方壶', '<em>莲鹤</em>方壶'), item('r2', '立鹤<b>')], facets, cursor: '' }
}

beforeEach(() => {
  localStorage.clear()
  document.body.innerHTML = ''
})

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
      expect(asked.filter((a) => a.startsWith('/suggest'))).toEqual(['/suggest?q=莲', '/suggest?q=莲鹤方']) // the first letter waits for nobody
    } finally {
      vi.useRealTimers()
    }
  })
  it('lists what it knows in the turn of the letter, before the server has answered', async () => {
    const { wrapper } = await show({ at: '/search', server })
    const input = wrapper.find('input')
    await input.trigger('focus')
    await input.setValue('莲')
    await flushPromises()
    expect(wrapper.findAll('[role=option]').map((o) => o.text())).toEqual(['莲鹤方壶文物'])
    await input.setValue('莲鹤') // nothing is awaited but the drawing
    expect(wrapper.findAll('[role=option]').map((o) => o.text())).toEqual(['莲鹤方壶文物'])
    expect(wrapper.find('[role=option] mark').text()).toBe('莲鹤')
    expect(input.attributes('aria-expanded')).toBe('true')
  })
  it('waits for an input method to be done', async () => {
    vi.useFakeTimers()
    try {
      const { wrapper, asked } = await show({ at: '/search', server })
      const input = wrapper.find('input')
      await input.trigger('compositionstart')
      await input.setValue("lian'he")
      await vi.advanceTimersByTimeAsync(500)
      expect(asked.some((a) => a.includes("lian'he"))).toBe(false)
      await input.setValue('莲鹤')
      await input.trigger('compositionend')
      await vi.advanceTimersByTimeAsync(500)
      expect(asked).toContain('/suggest?q=莲鹤')
      expect(asked).toContain('/search?limit=20&q=莲鹤')
    } finally {
      vi.useRealTimers()
    }
  })
  it('offers what was searched for last, and forgets it', async () => {
    localStorage.setItem('yjy.searches', JSON.stringify(['青铜']))
    const { wrapper, router } = await show({ at: '/search', server })
    const input = wrapper.find('input')
    await input.trigger('focus')
    await wrapper.find('[role=option]').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ q: '青铜' })
    await input.setValue('')
    await wrapper.find('.forget').trigger('click')
    expect(localStorage.getItem('yjy.searches')).toBeNull()
  })
  it('shows each kind by itself, with a way to all of it', async () => {
    const shelves: Server = (path, query) => (path === '/search' && query.get('apart') ? { total: 3, items: [item('r1', '鼎')], facets, cursor: '', kinds: [{ kind: 'relic', total: 2, items: [item('r1', '鼎')] }, { kind: 'site', total: 1, items: [{ ...item('s1', '墟'), kind: 'site' }] }] } : server(path, query))
    const { wrapper, asked } = await show({ at: '/search?q=鼎&view=kinds', server: shelves })
    expect(asked).toContain('/search?apart=4&limit=20&q=鼎')
    expect(wrapper.findAll('.shelf h2').map((h) => h.text())).toEqual(['文物（2）', '遗址古迹（1）'])
    expect(wrapper.findAll('.shelf a.more').map((a) => decodeURIComponent(a.attributes('href')!))).toEqual(['/search?q=鼎&kind=relic'])
  })
  it('says which condition stands in the way, and what sounds nearly so', async () => {
    const helped: Server = (path) => (path === '/search' ? { total: 0, items: [], facets: {}, cursor: '', help: { corrections: [{ kind: 'relic', id: 'r1', text: '莲鹤方壶' }], without: [{ filter: 'facet.era', total: 12 }, { filter: 'period', total: 3 }] } } : { completions: [], corrections: [] })
    const { wrapper } = await show({ at: '/search?q=莲河&facet.era=tang&kind=relic', server: helped })
    const links = wrapper.findAll('.help a').map((a) => [a.text(), decodeURIComponent(a.attributes('href')!)])
    expect(links).toEqual([['莲鹤方壶', '/relics/r1'], ['去掉“年代”：12 条结果', '/search?q=莲河&kind=relic']])
  })
  it('puts chosen values first and clears one facet at a time', async () => {
    const many = { ...facets, era: [{ value: 'shang', label: '商', count: 9 }, { value: 'chunqiu', label: '春秋', count: 2 }] }
    const { wrapper, router } = await show({ at: '/search?q=莲&facet.era=chunqiu&facet.city=zhengzhou', server: (path, query) => (path === '/search' ? { total: 1, items: [item('r1', '莲')], facets: many, cursor: '' } : server(path, query)) })
    const panel = wrapper.find('.side fieldset')
    expect(panel.findAll('.chip').map((c) => c.text())).toEqual(['春秋2', '商9'])
    await panel.find('.clear').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ q: '莲', 'facet.city': ['zhengzhou'] })
  })
  it('helps when nothing is found', async () => {
    const { wrapper, text, router } = await show({ at: '/search?q=无&kind=relic', server })
    expect(text()).toContain('没有找到“无”')
    await wrapper.find('.nothing button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ q: '无' })
  })
})
