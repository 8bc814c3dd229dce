import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { show, type Server } from '../test/mount'

const hu = {
  id: 'r1',
  name: { zh: '莲鹤方壶', en: 'Square hu with lotus and crane' },
  aliases: ['立鹤方壶'], formerNames: [], traditional: '蓮鶴方壺', reading: 'lián hè fāng hú',
  category: { code: 'bronze', label: { zh: '铜器', en: 'Bronzes' } },
  grade: null,
  period: { text: { zh: '春秋中期', en: 'middle Spring and Autumn' }, fromYear: -670, toYear: -570, approximate: false, eras: [] },
  materials: [], quantity: { traditional: null, actual: null, unit: null },
  dimensions: [{ kind: { code: 'height', label: { zh: '高', en: 'Height' } }, valueMM: 1265, approximate: false, note: '', source: null }],
  mass: { grams: null, range: null, approximate: false, source: null },
  museum: { id: 'm1', name: { zh: '河南博物院', en: 'Henan Museum' } }, gallery: null,
  findPlace: { zh: '新郑李家楼', en: 'Lijialou, Xinzheng' }, findSite: null, foundYear: 1923, partOf: null, parts: [],
  description: { zh: '一鹤立于莲瓣之中。', en: '' },
  images: [{ assetId: 'a1', caption: { zh: '正面', en: 'Front' }, drawing: true }],
  sources: [{ text: { zh: '一般资料', en: 'general knowledge' }, confidence: 'low' }],
  simulated: false, unverified: true,
}
const server: Server = (path) => (path === '/relics/r1' ? hu : path === '/stories' ? { items: [], cursor: '' } : 404)

describe('the page of a relic', () => {
  it('tells name, reading, period in words and years, size in centimetres, holder and sources', async () => {
    const { wrapper, text } = await show({ at: '/relics/r1', server })
    for (const said of ['莲鹤方壶', 'Square hu with lotus and crane', 'lián hè fāng hú', '春秋中期', '公元前670—前570年', '高 126.5 厘米', '河南博物院', '新郑李家楼，1923年', '一鹤立于莲瓣之中', '一般资料', '立鹤方壶', '蓮鶴方壺']) {
      expect(text(), said).toContain(said)
    }
    expect(text()).toContain('待核')
    expect(text()).toContain('示意图，非文物照片')
    expect(text()).not.toContain('模拟数据')
    expect(text()).not.toContain('质量') // not weighed is not said, and never 0
    expect(document.title).toBe('莲鹤方壶 · 一键游')
    expect(wrapper.find('a[href="/museums/m1"]').exists()).toBe(true)
  })
  it('speaks English, and names the language of what is there in Chinese only', async () => {
    const { wrapper, text } = await show({ at: '/relics/r1', server, lang: 'en' })
    expect(text()).toContain('670–570 BCE')
    expect(text()).toContain('Height 126.5 cm')
    expect(wrapper.find('.told').attributes('lang')).toBe('zh-CN')
  })
  it('says that a withdrawn record is not there, and leads on', async () => {
    const { wrapper, text } = await show({ at: '/relics/gone', server })
    expect(text()).toContain('没有找到这条内容')
    expect(wrapper.find('a[href="/search"]').exists()).toBe(true)
  })
  it.each([
    ['a fault of the server', 500, 'refused 500'],
    ['no network', undefined, '网络不通'],
  ])('shows %s and can be tried again', async (_rule, answer, said) => {
    let broken = true
    const { wrapper, text } = await show({ at: '/relics/r1', server: (path, query) => (broken && path === '/relics/r1' ? answer : server(path, query)) })
    expect(wrapper.find('[role=alert]').exists()).toBe(true)
    expect(text()).toContain(said)
    broken = false
    await wrapper.find('[role=alert] button').trigger('click')
    await flushPromises()
    expect(text()).toContain('莲鹤方壶')
  })
  it('leaks no field of the record into the page as an attribute', async () => {
    const { wrapper } = await show({ at: '/relics/r1', server })
    expect(wrapper.html()).not.toContain('[object Object]')
  })
})
