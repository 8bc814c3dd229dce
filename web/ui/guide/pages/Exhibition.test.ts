import { describe, expect, it } from 'vitest'
import { show, type Server } from '../test/mount'

const none = { zh: '', en: '' }
const item = (n: number, onView: boolean, label = '') => ({
  relic: { id: `r${n}`, name: { zh: `壶${n}`, en: `Hu ${n}` }, period: { zh: '汉', en: 'Han' }, image: { assetId: `a${n}`, caption: none, drawing: true } }, label: { zh: label, en: '' }, onView,
})
const exhibition = {
  id: 'e1', title: { zh: '春季特展', en: 'Spring show' }, kind: { code: 'temporary', label: { zh: '临时展览', en: 'Temporary exhibition' } }, status: 'open',
  museum: { id: 'm1', name: { zh: '示范博物馆', en: 'Model Museum' } }, halls: [{ id: 'h1', name: { zh: '一展厅', en: 'Hall 1' } }], from: '2026-02-01', until: '2026-05-31',
  summary: { zh: '简介一句。', en: '' }, text: { zh: '前言一段。', en: '' }, organisers: ['示范博物馆'], url: '',
  sections: [{ title: { zh: '第一单元', en: 'Part one' }, text: { zh: '铸造。', en: '' }, items: [item(1, true, '重器'), item(2, false)] }, { title: { zh: '第二单元', en: 'Part two' }, text: none, items: [] }],
  images: [], sources: [], simulated: true, unverified: false,
}
const server: Server = (path) => (path === '/exhibitions/e1' ? exhibition : path === '/exhibitions/e2' ? { ...exhibition, id: 'e2', status: 'closed' } : 404)

describe('the page of an exhibition', () => {
  it('tells whether it is on, when and where, and its sections with the way to each relic', async () => {
    const { wrapper, text } = await show({ at: '/exhibitions/e1', server })
    for (const said of ['春季特展', '正在展出', '临时展览', '2026年2月1日 – 2026年5月31日', '一展厅', '简介一句。', '前言一段。', '第一单元', '铸造。', '重器', '第二单元', '模拟数据']) expect(text(), said).toContain(said)
    for (const to of ['/relics/r1', '/relics/r2', '/museums/m1', '/places/h1']) expect(wrapper.find(`a[href="${to}"]`).exists(), to).toBe(true)
    expect(text().match(/暂不在展/g)).toHaveLength(1)
    expect(text()).toContain('示意图，非文物照片') // the drawings that stand in for a poster say what they are
  })
  it('does not say of a closed one what is not there', async () => {
    const { text } = await show({ at: '/exhibitions/e2', server })
    expect(text()).toContain('已结束')
    expect(text()).not.toContain('暂不在展')
  })
  it('speaks English', async () => {
    const { text } = await show({ at: '/exhibitions/e1', server, lang: 'en' })
    for (const said of ['Spring show', 'Open now', '1 February 2026 – 31 May 2026', 'Part one', 'Hu 1']) expect(text(), said).toContain(said)
  })
  it('says that a withdrawn one is not there', async () => {
    const { text } = await show({ at: '/exhibitions/gone', server })
    expect(text()).toContain('没有找到这条内容')
  })
})
