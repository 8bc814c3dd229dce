import type { Lang } from '../i18n'

/** A period as the API carries it. -670 is 670 BCE; there is no year 0; null or absent is unknown. */
export interface Years {
  fromYear?: number | null | undefined
  toYear?: number | null | undefined
  approximate?: boolean | undefined
}

const known = (year: number | null | undefined): year is number => typeof year === 'number' && Number.isInteger(year) && year !== 0

/** One year: 公元前670年, 公元700年, 1923年; 670 BCE, 700 CE, 1923. Empty when unknown. */
export function formatYear(year: number | null | undefined, lang: Lang): string {
  if (!known(year)) return ''
  if (lang === 'en') return year < 0 ? `${-year} BCE` : year < 1000 ? `${year} CE` : String(year)
  return year < 0 ? `公元前${-year}年` : year < 1000 ? `公元${year}年` : `${year}年`
}

/** A span of years. One known end is said as such; both unknown gives '', which a screen must not show as a date. */
export function formatYears(years: Years | undefined | null, lang: Lang): string {
  const from = years?.fromYear
  const to = years?.toYear
  const span = spanOf(from, to, lang)
  if (!span) return ''
  if (!years?.approximate) return span
  return lang === 'en' ? `c. ${span}` : `约${span}`
}

function spanOf(from: number | null | undefined, to: number | null | undefined, lang: Lang): string {
  if (known(from) && known(to)) {
    if (from === to) return formatYear(from, lang)
    if (lang === 'en') {
      if (from < 0 && to < 0) return `${-from}–${-to} BCE`
      if (from > 0 && to > 0) return from < 1000 ? `${from}–${to} CE` : `${from}–${to}`
      return `${formatYear(from, lang)} – ${formatYear(to, lang)}`
    }
    if (from < 0 && to < 0) return `公元前${-from}—前${-to}年`
    if (from > 0 && to > 0) return from < 1000 ? `公元${from}—${to}年` : `${from}—${to}年`
    return `公元前${-from}—公元${to}年`
  }
  if (known(from)) return lang === 'en' ? `${formatYear(from, lang)} or later` : `不早于${formatYear(from, lang)}`
  if (known(to)) return lang === 'en' ? `${formatYear(to, lang)} or earlier` : `不晚于${formatYear(to, lang)}`
  return ''
}
