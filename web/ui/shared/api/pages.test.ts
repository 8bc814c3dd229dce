import { describe, expect, it } from 'vitest'
import { createClient } from './client'
import { readAll } from './pages'

describe('readAll', () => {
  const asked: string[] = []
  const pages: Record<string, object> = { '': { items: [1, 2], cursor: 'x' }, x: { items: [3], cursor: 'y' }, y: { items: [4] } }
  const fake: typeof fetch = async (input) => {
    const url = new URL(String(input), 'http://guide')
    asked.push(url.search)
    return new Response(JSON.stringify(pages[url.searchParams.get('cursor') ?? '']), { headers: { 'Content-Type': 'application/json' } })
  }
  const api = createClient({ fetch: fake })

  it('follows the cursor to the end, with the same question', async () => {
    expect(await readAll(api, '/zones', { org: 'demo-museum' })).toEqual([1, 2, 3, 4])
    expect(asked.splice(0)).toEqual(['?limit=200&org=demo-museum', '?cursor=x&limit=200&org=demo-museum', '?cursor=y&limit=200&org=demo-museum'])
  })
  it('asks for no more pages when there is enough', async () => {
    expect(await readAll(api, '/areas/1/spots', {}, new AbortController().signal, 3)).toEqual([1, 2, 3])
    expect(asked.splice(0)).toHaveLength(2)
  })
})
