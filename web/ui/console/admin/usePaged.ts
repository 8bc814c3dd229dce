import { ref, shallowRef } from 'vue'
import type { Query } from '@shared/api/client'
import { useRequest } from '@shared/state/useRequest'
import { api } from '../session/session'
import { useProblem } from '../ui/problem'

interface Paged<T> {
  items: T[]
  cursor: string
}

/** A list of the server, page after page; `A` is what its first page tells besides. */
export function usePaged<T, A extends Paged<T> = Paged<T>>(path: string, query: () => Query, limit = 50) {
  const { tell } = useProblem()
  const rows = shallowRef<T[]>([])
  const cursor = ref('')
  const busy = ref(false)
  const request = useRequest(async (signal) => {
    const page = await api.get<A>(path, { ...query(), limit }, signal)
    rows.value = page.items
    cursor.value = page.cursor
    return page
  }, { keep: true, empty: (p) => p.items.length === 0 && p.cursor === '' })
  async function more(): Promise<void> {
    busy.value = true
    const from = cursor.value
    try {
      const page = await api.get<Paged<T>>(path, { ...query(), limit, cursor: from })
      if (cursor.value !== from) return // another list meanwhile
      rows.value = [...rows.value, ...page.items]
      cursor.value = page.cursor
    } catch (err) {
      tell(err)
    } finally {
      busy.value = false
    }
  }
  return { rows, cursor, busy, request, more }
}
