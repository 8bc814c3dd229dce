import { createI18n, type I18n, useI18n } from 'vue-i18n'
import { computed, type WritableComputedRef } from 'vue'
import { remember, remembered } from '../state/storage'
import sharedEn from '../locales/en.json'
import sharedZh from '../locales/zh.json'

export type Lang = 'zh-CN' | 'en'
export const langs: readonly Lang[] = ['zh-CN', 'en']

/** A text as the API carries it: both languages, either of which may be empty. */
export interface Text {
  zh?: string
  en?: string
}

/** Messages nest; a leaf is a sentence. */
export interface Messages {
  [key: string]: string | Messages
}

/** The reader's language: the remembered choice, else the browser's first, else Chinese, the language of the house. */
export function preferredLang(stored = remembered('lang'), browser: readonly string[] = navigator.languages ?? []): Lang {
  if (stored === 'zh-CN' || stored === 'en') return stored
  return browser.length > 0 && !/^zh\b/i.test(browser[0]!) ? 'en' : 'zh-CN'
}

function merged(base: Messages, own: Messages): Messages {
  const out: Messages = { ...base }
  for (const [key, value] of Object.entries(own)) {
    const there = out[key]
    out[key] = typeof there === 'object' && typeof value === 'object' ? merged(there, value) : value
  }
  return out
}

/** The i18n plugin of one entry: the shared messages with its own on top. It sets and keeps <html lang>. */
export function createLanguage(own: Record<Lang, Messages>, lang: Lang = preferredLang()) {
  const i18n = createI18n({
    legacy: false,
    locale: lang,
    fallbackLocale: 'zh-CN',
    messages: { 'zh-CN': merged(sharedZh, own['zh-CN']), en: merged(sharedEn, own.en) } as unknown as Record<string, never>,
    missingWarn: import.meta.env.DEV,
    fallbackWarn: import.meta.env.DEV,
  })
  document.documentElement.lang = lang
  return i18n as unknown as I18n<Record<string, never>, Record<string, never>, Record<string, never>, string, false>
}

/** The language and what is written in it, for components. */
export function useLang() {
  const { locale, t } = useI18n({ useScope: 'global' })
  const lang: WritableComputedRef<Lang> = computed({
    get: () => (locale.value === 'en' ? 'en' : 'zh-CN'),
    set: (value) => {
      locale.value = value
      document.documentElement.lang = value
      remember('lang', value)
    },
  })
  return {
    lang,
    t,
    /** The text in the reader's language, else in the other one, else ''. */
    say: (text: Text | undefined | null): string => pick(text, lang.value),
    /** The lang attribute for an element that shows `say(text)`, when it is not the page's own. */
    langOf: (text: Text | undefined | null): Lang | undefined => {
      const mine = lang.value === 'en' ? text?.en : text?.zh
      return mine || !pick(text, lang.value) ? undefined : lang.value === 'en' ? 'zh-CN' : 'en'
    },
  }
}

export function pick(text: Text | undefined | null, lang: Lang): string {
  if (!text) return ''
  return (lang === 'en' ? text.en || text.zh : text.zh || text.en) ?? ''
}
