import { onActivated, type Ref, toValue, watchEffect } from 'vue'
import { useLang } from '@shared/i18n'

/** Names the browser's tab after the page; '' gives the name of the guide alone. */
export function usePageTitle(title: Ref<string> | (() => string)): void {
  const { t } = useLang()
  const apply = () => {
    const name = toValue(title)
    document.title = name ? `${name} · ${t('app.name')}` : t('app.title')
  }
  watchEffect(apply)
  onActivated(apply)
}
