import { ref } from 'vue'
import { remember, remembered } from '@shared/state/storage'

const most = 8
const key = 'searches'

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(remembered(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter((q): q is string => typeof q === 'string' && q !== '').slice(0, most) : []
  } catch {
    return [] // somebody else wrote there
  }
}

/** What was searched for last on this device, the newest first. It is kept in the browser and sent nowhere. */
export function useRecent() {
  const recent = ref(read())
  const set = (list: string[]): void => {
    recent.value = list
    remember(key, list.length > 0 ? JSON.stringify(list) : undefined)
  }
  return {
    recent,
    /** Reads again what another box may have added. */
    refresh: (): void => void (recent.value = read()),
    add: (text: string): void => {
      const q = text.trim().slice(0, 80)
      if (q) set([q, ...read().filter((old) => old !== q)].slice(0, most))
    },
    clear: (): void => set([]),
  }
}
