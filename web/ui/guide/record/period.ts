import type { Relic } from '@shared/api/types'
import { formatYears } from '@shared/format'
import { type Lang, pick } from '@shared/i18n'

/**
 * A period as the guide shows it: the words of the source with the years beneath; where the source has no words in the
 * language, the printed form of what was read; and beneath a year told in another way (清乾隆庚子) what year that is.
 */
export function periodFact(period: Relic['period'] | undefined, lang: Lang): { text: string; note?: string } {
  const years = formatYears(period, lang)
  const key = lang === 'en' ? 'en' : 'zh'
  const own = period?.text?.[key]
  const printed = period?.printed?.[key] ?? ''
  const other = pick(period?.text, lang)
  if (!own) return printed ? { text: printed } : other ? { text: other, note: years } : { text: years }
  const single = typeof period?.fromYear === 'number' && period.fromYear === period.toYear
  return { text: own, note: single && printed && !printed.includes(own) ? printed : years }
}
