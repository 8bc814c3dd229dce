import { computed, ref, shallowRef } from 'vue'
import { isAbort } from '@shared/api/error'
import { useRequest } from '@shared/state/useRequest'
import { type Hit, type SearchAnswer, useApi } from '../api'
import { apiQuery, type Search } from './query'

export const pageSize = 20

/** The answer to a search, grown page by page. Asking anew abandons what is under way. */
export function useSearch() {
  const api = useApi()
  const more = shallowRef<Hit[]>([])
  const cursor = ref('')
  const growing = ref(false)
  const growthFailed = ref(false)
  let asked: Search | undefined
  let growth: AbortController | undefined

  const first = useRequest<SearchAnswer, [Search]>(
    async (signal, search) => {
      const answer = await api.get<SearchAnswer>('/search', apiQuery(search, pageSize), signal)
      asked = search
      more.value = []
      cursor.value = answer.cursor ?? ''
      growthFailed.value = false
      return answer
    },
    { keep: true, empty: (a) => a.items.length === 0 },
  )

  function run(search: Search): Promise<void> {
    growth?.abort()
    growing.value = false
    return first.run(search)
  }

  async function grow(): Promise<void> {
    if (!asked || !cursor.value || growing.value) return
    const mine = (growth = new AbortController())
    growing.value = true
    growthFailed.value = false
    try {
      const answer = await api.get<SearchAnswer>('/search', apiQuery(asked, pageSize, cursor.value), mine.signal)
      if (mine.signal.aborted) return
      more.value = [...more.value, ...answer.items]
      cursor.value = answer.cursor ?? ''
    } catch (err) {
      if (!isAbort(err)) growthFailed.value = true
    } finally {
      if (growth === mine) growing.value = false
    }
  }

  return {
    first,
    run,
    grow,
    growing,
    growthFailed,
    items: computed<Hit[]>(() => [...(first.data.value?.items ?? []), ...more.value]),
    hasMore: computed(() => cursor.value !== ''),
  }
}
