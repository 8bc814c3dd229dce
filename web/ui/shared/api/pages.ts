import type { Client, Query } from './client'

/** Every item of a list in the order of the server, page after page; no more pages once there are `most`. */
export async function readAll<T>(api: Client, path: string, query: Query = {}, signal?: AbortSignal, most = Infinity): Promise<T[]> {
  const items: T[] = []
  let cursor = ''
  do {
    const page = await api.get<{ items: T[]; cursor?: string }>(path, { ...query, limit: 200, cursor }, signal)
    items.push(...page.items)
    cursor = page.cursor ?? ''
  } while (cursor && items.length < most)
  return items
}
