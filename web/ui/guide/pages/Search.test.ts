import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { show, type Server } from '../test/mount'

const item = (id: string, title: string, marked = '') => ({ kind: 'relic', id, title: { zh: title, en: title }, summary: { zh: '', en: '' }, highlight: { title: marked }, score: 1, fromYear: -670, toYear: -570, show: { holderZh: '河南博物院' } })
const facets = { kind: [{ value: 'relic', label: '文物', count: 2 }, { value: 'site', label: '遗址', count: 1 }], era: [{ value: 'chunqiu', label: '春秋', count: 2 }] }
const names = {
  records: [{ kind: 'relic', id: 'r1', fame: 90, zh: '莲鹤方壶' }, { kind: 'relic', id: 'r9', zh: '松鹤纹砖' }, { kind: 'museum', id: 'm1', fame: 50, zh: '河南博物院', en: 'Henan Museum' }],
  characters: { lian: '莲蓮', he: '鹤鶴 河', fang: '方', hu: '壶壺', nan: '南', bo: '博', wu: '物', yuan: '院' },
}
const server: Server = (path, query) => {
  if (path === '/search/names') return names
  if (path === '/suggest') return { completions: [{ text: '莲鹤方壶', highlight: '<em>莲</em>鹤方壶', kind: 'relic', id: 'r1' }], corrections: [] }
  if (query.get('q') === '无') return { total: 0, items: [], facets: {}, cursor: '' }
  return { total: 2, items: [item('r1', '莲鹤方壶', '<em>莲鹤</em>方壶'), item('r2', '立鹤<b>')], facets, cursor: '' }
}

const options = (wrapper: Awaited<ReturnType<typeof show>>['wrapper']) => wrapper.findAll('[role=option]').map((o) => o.text())

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
  it('lists what has most of the words behind few hits, and counts only these', async () => {
    const { wrapper, text } = await show({ at: '/search?q=三彩 骆驼', server: (path, query) => (path === '/search' && query.get('q') ? { total: 1, items: [item('r1', '三彩骆驼')], weaker: [item('r2', '石雕骆驼')], facets, cursor: '' } : server(path, query)) })
    expect(text()).toContain('1 条结果')
    const follow = wrapper.find('section[aria-labelledby="weaker"]')
    expect(follow.find('h2').text()).toBe('以下只与部分词相符：')
    expect(follow.findAll('li').map((li) => li.find('.title').text())).toEqual(['石雕骆驼'])
    expect(wrapper.findAll('.rows > li')).toHaveLength(1)
    expect((await show({ at: '/search?q=莲', server })).wrapper.find('#weaker').exists()).toBe(false)
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
  it('lists the names that it holds in the turn of the letter, whatever the server does', async () => {
    const { wrapper, asked } = await show({ at: '/search', server: (path, query) => (path === '/suggest' ? new Promise(() => undefined) : server(path, query)) })
    expect(asked).toContain('/search/names')
    const input = wrapper.find('input')
    await input.trigger('focus')
    await input.setValue('蓮鶴') // nothing is awaited but the drawing
    expect(options(wrapper)).toEqual(['莲鹤方壶文物'])
    expect(wrapper.find('[role=option] mark').text()).toBe('莲鹤')
    expect(input.attributes('aria-expanded')).toBe('true')
    await input.setValue('henanb')
    expect(options(wrapper)).toEqual(['河南博物院博物馆'])
    await input.setValue('lianhe')
    expect(options(wrapper)).toEqual(['莲鹤方壶文物'])
  })
  it('says at once that it asks for a word that it does not hold, and marks what stands there as earlier', async () => {
    const { wrapper, text } = await show({ at: '/search?q=莲', server: (path, query) => (path === '/suggest' ? new Promise(() => undefined) : server(path, query)) })
    const input = wrapper.find('input')
    await input.trigger('focus')
    await input.setValue('鹤')
    expect(options(wrapper)).toEqual(['莲鹤方壶文物', '松鹤纹砖文物'])
    await input.setValue('鹤鼎')
    expect(text()).toContain('正在搜索“鹤鼎”…以下是“鹤”的建议')
    expect(options(wrapper)).toEqual(['莲鹤方壶文物', '松鹤纹砖文物'])
    expect(wrapper.find('[role=listbox]').attributes('data-earlier')).toBe('true')
    expect(wrapper.find('.rows').attributes('data-busy')).toBe('true')
    expect(wrapper.find('.total').text()).toBe('正在搜索“鹤鼎”…')
    await input.trigger('keydown', { key: 'ArrowDown' })
    expect(input.attributes('aria-activedescendant')).toBeUndefined() // they are of another text
  })
  it('lets the answer of the server settle among its own lines', async () => {
    let answer: (body: unknown) => void = () => undefined
    const { wrapper } = await show({ at: '/search', server: (path, query) => (path === '/suggest' ? new Promise((go) => (answer = go)) : server(path, query)) })
    const input = wrapper.find('input')
    await input.trigger('focus')
    await input.setValue('鹤')
    expect(options(wrapper)).toEqual(['莲鹤方壶文物', '松鹤纹砖文物'])
    await wrapper.find('.proposals').trigger('pointerdown')
    answer({ completions: [{ text: '云鹤镜', kind: 'relic', id: 'r5' }, { text: '莲鹤方壶', kind: 'relic', id: 'r1' }, { text: '松鹤图', kind: 'relic', id: 'r6' }], corrections: [] })
    await flushPromises()
    expect(options(wrapper)).toEqual(['莲鹤方壶文物', '松鹤纹砖文物']) // a finger is on it
    window.dispatchEvent(new Event('pointerup'))
    await new Promise((go) => setTimeout(go))
    expect(options(wrapper)).toEqual(['莲鹤方壶文物', '云鹤镜文物', '松鹤图文物']) // what the server does not know of is gone
    await input.setValue('云鹤') // which the phone has learnt
    expect(options(wrapper)).toEqual(['云鹤镜文物'])
  })
  it('keeps the line that is chosen by keys when the answer comes', async () => {
    let answer: (body: unknown) => void = () => undefined
    const { wrapper } = await show({ at: '/search', server: (path, query) => (path === '/suggest' ? new Promise((go) => (answer = go)) : server(path, query)) })
    const input = wrapper.find('input')
    await input.trigger('focus')
    await input.setValue('鹤')
    await input.trigger('keydown', { key: 'ArrowDown' })
    await input.trigger('keydown', { key: 'ArrowDown' })
    answer({ completions: [{ text: '云鹤镜', kind: 'relic', id: 'r5' }], corrections: [] })
    await flushPromises()
    expect(options(wrapper)).toEqual(['云鹤镜文物', '松鹤纹砖文物'])
    expect(wrapper.find('[aria-selected=true]').text()).toBe('松鹤纹砖文物')
  })
  it('without a network finds among the names that it holds, and says so', async () => {
    let network = true
    const { wrapper, text } = await show({ at: '/search', server: (path, query) => (network ? server(path, query) : undefined) })
    network = false
    vi.useFakeTimers()
    try {
      const input = wrapper.find('input')
      await input.trigger('focus')
      await input.setValue('henan')
      await vi.advanceTimersByTimeAsync(600)
      await flushPromises()
      expect(wrapper.find('.proposals .head').text()).toBe('网络不通：以下来自本机保存的名称')
      expect(text()).toContain('网络不通：以下来自本机保存的 3 个名称')
      expect(wrapper.findAll('.kept a').map((a) => [a.text(), a.attributes('href')])).toEqual([['河南博物院博物馆', '/museums/m1']])
      await input.setValue('没有这个')
      await vi.advanceTimersByTimeAsync(600)
      await flushPromises()
      expect(text()).toContain('网络不通：本机保存的 3 个名称中没有“没有这个”。')
      expect(options(wrapper)).toEqual([])
    } finally {
      vi.useRealTimers()
    }
  })
  it('without a network keeps to the kinds that are chosen, and says that other filters do not hold', async () => {
    const offline: Server = (path) => (path === '/search/names' ? names : undefined)
    const kept = await show({ at: '/search?q=鹤&kind=museum&kind=relic&facet.era=tang', server: offline })
    expect(kept.wrapper.findAll('.kept a')).toHaveLength(2)
    expect(kept.text()).toContain('筛选条件要联网后才起作用。')
    const none = await show({ at: '/search?q=鹤&kind=museum', server: offline })
    expect(none.wrapper.findAll('.kept a')).toHaveLength(0)
    expect(none.text()).not.toContain('筛选条件要联网')
    const all = await show({ at: '/search?kind=museum', server: offline })
    expect(all.wrapper.findAll('.kept a')).toHaveLength(0)
    expect(all.text()).not.toContain('“”')
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
    const helped: Server = (path, query) => (path === '/search/names' ? server(path, query) : path === '/search' ? { total: 0, items: [], facets: {}, cursor: '', help: { corrections: [{ kind: 'relic', id: 'r1', text: '莲鹤方壶' }], without: [{ filter: 'facet.era', total: 12 }, { filter: 'period', total: 3 }] } } : { completions: [], corrections: [] })
    const { wrapper } = await show({ at: '/search?q=莲河&facet.era=tang&kind=relic&period=1368..1644', server: helped })
    const links = wrapper.findAll('.help a').map((a) => [a.text(), decodeURIComponent(a.attributes('href')!)])
    expect(links).toEqual([['莲鹤方壶', '/relics/r1'], ['去掉“时代”：12 条结果', '/search?q=莲河&kind=relic&period=1368..1644'], ['去掉“年代”：3 条结果', '/search?q=莲河&kind=relic&facet.era=tang']])
  })
  it('puts chosen values first and clears one facet at a time', async () => {
    const many = { ...facets, era: [{ value: 'shang', label: '商', count: 9 }, { value: 'chunqiu', label: '春秋', count: 2 }] }
    const { wrapper, router } = await show({ at: '/search?q=莲&facet.era=chunqiu&facet.city=zhengzhou', server: (path, query) => (path === '/search' ? { total: 1, items: [item('r1', '莲')], facets: many, cursor: '' } : server(path, query)) })
    const panel = wrapper.findAll('.side fieldset')[1]!
    expect(panel.findAll('.chip').map((c) => c.text())).toEqual(['春秋2', '商9'])
    await panel.find('.clear').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ q: '莲', 'facet.city': ['zhengzhou'] })
  })
  it('offers the ages that have anything, and years of one’s own', async () => {
    const ages = [{ value: '-770..-476', label: '春秋', count: 2 }, { value: '-475..-221', label: '战国', count: 0 }, { value: '1644..1911', label: '清', count: 1 }]
    const { wrapper, router, asked } = await show({ at: '/search?q=莲', server: (path, query) => (path === '/search' ? { total: 1, items: [item('r1', '莲')], facets, periods: ages, cursor: '' } : server(path, query)) })
    const years = wrapper.find('.side fieldset')
    expect(years.findAll('.chip').map((c) => c.text())).toEqual(['春秋2', '清1'])
    await years.find('.chip').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ q: '莲', period: '-770..-476' })
    expect(asked).toContain('/search?limit=20&period=-770..-476&q=莲')
    expect(wrapper.find('.chosen').text()).toContain('春秋')
    expect(years.findAll('input').map((i) => i.element.value)).toEqual(['', '']) // an age is chosen by its name
    const [from, to] = years.findAll('input')
    const [, ce] = years.findAll('select')
    await from!.setValue('600')
    await to!.setValue('700')
    await years.find('form').trigger('submit')
    await flushPromises()
    expect(router.currentRoute.value.query.period).toBe('-600..700')
    expect(wrapper.find('.chosen').text()).toContain('公元前600—公元700年')
    await ce!.find('option').setValue() // BCE
    await years.find('form').trigger('submit') // 600 to 700 BCE
    expect(years.find('.wrong').exists()).toBe(true)
    expect(router.currentRoute.value.query.period).toBe('-600..700')
    await years.find('.clear').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ q: '莲' })
  })
  it('says when there may be more than was found', async () => {
    const cut: Server = (path, query) => (path === '/search' ? { total: 1, items: [item('r1', '莲')], facets, cursor: '', cut: query.get('q') === 's' } : server(path, query))
    expect((await show({ at: '/search?q=s', server: cut })).text()).toContain('结果可能不全，请多输入一个字。')
    document.body.innerHTML = ''
    expect((await show({ at: '/search?q=sh', server: cut })).text()).not.toContain('结果可能不全')
  })
  it('helps when nothing is found', async () => {
    const { wrapper, text, router } = await show({ at: '/search?q=无&kind=relic', server })
    expect(text()).toContain('没有找到“无”')
    await wrapper.find('.nothing button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ q: '无' })
  })
})
