import type { Lang } from '../i18n'

/** Words one after the other: 甲、乙 / a, b. */
export const formatList = (words: readonly string[], lang: Lang): string => words.join(lang === 'en' ? ', ' : '、')
