import { readonly, ref, type Ref, watch } from 'vue'
import { remember, remembered } from './storage'

export type ThemeChoice = 'auto' | 'light' | 'dark'

export interface Theme {
  choice: Ref<ThemeChoice>
  dark: Readonly<Ref<boolean>>
}

let shared: Theme | undefined

/**
 * The page's theme, one for all components. theme.js has set data-theme before the first paint; from here on it follows
 * the choice, and the system while the choice is auto.
 */
export function useTheme(): Theme {
  if (shared) return shared
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const stored = remembered('theme')
  const choice = ref<ThemeChoice>(stored === 'light' || stored === 'dark' ? stored : 'auto')
  const dark = ref(false)
  const apply = () => {
    dark.value = choice.value === 'dark' || (choice.value === 'auto' && system.matches)
    document.documentElement.dataset.theme = dark.value ? 'dark' : 'light'
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', dark.value ? '#101716' : '#f7f4ed')
  }
  system.addEventListener?.('change', apply)
  watch(choice, (value) => {
    remember('theme', value === 'auto' ? undefined : value)
    apply()
  })
  apply()
  return (shared = { choice, dark: readonly(dark) })
}
