import type { IconName } from '@shared/components/icons'

/** The four places one can always go to. */
export const tabs: readonly { name: 'home' | 'search' | 'map' | 'about'; to: string; icon: IconName }[] = [
  { name: 'home', to: '/', icon: 'home' },
  { name: 'search', to: '/search', icon: 'search' },
  { name: 'map', to: '/map', icon: 'map' },
  { name: 'about', to: '/about', icon: 'info' },
]
