import { afterEach, describe, expect, it, vi } from 'vitest'
import { org, show, type Server } from '../test/mount'

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const hit = { kind: 'relic', id: 'r1', title: { zh: '铜鼎', en: 'Ding' }, summary: { zh: '', en: '' }, highlight: { title: '铜<em>鼎</em>' }, score: 1, show: { number: '7', holderZh: '示范博物馆', simulated: 'true' } }
const facets = { kind: [{ value: 'relic', label: '文物', count: 1 }], review: [{ value: 'draft', label: 'draft', count: 1 }], org: [{ value: 'demo-museum', label: 'demo-museum', count: 1 }] }
const mine = { id: 's1', org: 'demo-museum', rev: 1, owner: 'U', mine: true, fields: { name: '待审', query: 'facet.review=draft', shared: false } }
const theirs = { id: 's2', org: 'demo-museum', rev: 3, owner: '示范同事', mine: false, fields: { name: '同事的', query: 'q=x', shared: true } }

function server(total = 1): Server {
  return (method, path, query) => {
    if (path === '/search') return { total, items: total > 0 ? [hit] : [], facets, cursor: '', partial: false, tookMs: 1 }
    if (path === '/saved-searches' && method === 'GET') return { items: query.get('whose') === 'shared' ? [theirs, { ...mine, id: 's1' }] : [mine], cursor: '' }
    return method === 'POST' ? { ...mine, id: 's3' } : undefined
  }
}

async function page(options: { total?: number; can?: Record<string, string[]>; on?: Server } = {}) {
  const shown = await show({ of: () => import('./Search.vue'), can: options.can ?? { 'record.read': ['demo-museum'] }, orgs: [org('demo-museum')], server: options.on ?? server(options.total) })
  await shown.loadOrgs()
  await shown.settle()
  const at = (id: string) => shown.page().querySelector<HTMLElement>(`[data-testid="${id}"]`)
  return { ...shown, at }
}

describe('the search of staff', () => {
  it('asks the staff view, and shows states in words', async () => {
    const { asked, at } = await page()
    expect(asked).toContain('/search?limit=50&view=staff')
    expect(at('facet-review')!.textContent).toContain('草稿')
    expect(at('search-table')!.querySelector('mark')!.textContent).toBe('鼎')
    expect(at('search-total')!.textContent).toBe('1 条结果')
  })
  it('lists one’s own searches and those of colleagues, and lets only one’s own be changed', async () => {
    const { at } = await page()
    const rows = [...at('saved-list')!.querySelectorAll('li')]
    expect(rows.map((r) => r.querySelector('a')!.textContent)).toEqual(['待审', '同事的'])
    expect(rows.map((r) => r.querySelectorAll('[data-testid="saved-change"], [data-testid="saved-remove"]').length)).toEqual([2, 0])
    expect(rows[1]!.textContent).toContain('示范同事 共享')
  })
  it('leads who rules the accounts to the removal of what is shared', async () => {
    const { at } = await page({ can: { 'record.read': ['demo-museum'], 'account.write': ['demo-museum'] } })
    expect(at('saved-list')!.querySelectorAll('[data-testid="saved-remove"]')).toHaveLength(2)
  })
  it('names what has most of the words behind few hits, outside the table and its file', async () => {
    const { at, page: shown } = await page({ on: (method, path, query, request) => (path === '/search' ? { total: 1, items: [hit], weaker: [{ ...hit, id: 'r2', title: { zh: '铜簋', en: 'Gui' }, highlight: {} }], facets, cursor: '', partial: false, tookMs: 1 } : server()(method, path, query, request)) })
    expect(at('search-total')!.textContent).toBe('1 条结果')
    expect(shown().textContent).toContain('以下只与部分词相符：')
    expect(at('search-weaker')!.textContent).toContain('铜簋')
    expect(at('search-table')!.textContent).not.toContain('铜簋')
  })
  it('names records while one types; keys choose one, and Enter alone searches', async () => {
    const named = [{ kind: 'relic', id: 'r8', text: '莲鹤方壶', highlight: '<em>莲</em>鹤方壶' }, { kind: 'site', id: 's9', text: '莲花洞' }]
    const { at, asked, settle, router } = await page({ on: (method, path, query, request) => (path === '/suggest' ? { completions: query.get('q')?.startsWith('lian') ? named : [], corrections: [], tookMs: 1 } : server()(method, path, query, request)) })
    const input = at('search-words')!.matches('input') ? (at('search-words') as HTMLInputElement) : at('search-words')!.querySelector('input')!
    const type = async (text: string) => {
      input.value = text
      input.dispatchEvent(new Event('input'))
      await settle()
    }
    const press = async (key: string) => {
      input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      await settle()
    }
    await type('lian')
    expect(asked.some((a) => a.startsWith('/suggest?') && a.includes('view=staff'))).toBe(true)
    expect([...at('search-names')!.querySelectorAll('li')].map((li) => li.textContent)).toEqual([expect.stringContaining('莲鹤方壶'), expect.stringContaining('莲花洞')])
    expect(input.getAttribute('aria-expanded')).toBe('true')
    await press('Escape')
    expect(input.getAttribute('aria-expanded')).toBe('false')
    await press('Enter')
    expect(router.currentRoute.value.query.q).toBe('lian')
    await type('lianh')
    await press('ArrowDown')
    expect(input.getAttribute('aria-activedescendant')).toBe('words-name-0')
    await press('Enter')
    expect(router.currentRoute.value.path).toBe('/relics/r8')
  })
  it('exports what is asked, and not more than the server lets out', async () => {
    const { at } = await page()
    expect(at('export-csv')!.getAttribute('href')).toBe('/api/v1/search/export?format=csv&lang=zh')
    document.body.innerHTML = ''
    const many = await page({ total: 10_001 })
    expect(many.at('export-csv')).toBeNull()
    expect(many.page().textContent).toContain('一次最多导出 10,000 条')
    document.body.innerHTML = ''
    expect((await page({ total: 0 })).at('export-xlsx')).toBeNull()
  })
})
