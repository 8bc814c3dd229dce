import type { Lang } from '../i18n'

/** At most `digits` decimals and no trailing zeros: 126.5, 40, 0.1. */
export function formatNumber(value: number, lang: Lang, digits = 1): string {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(value)
}

/** Metres as a walker reads them: 60 米, 1.2 公里, 34 公里. Unknown gives ''. */
export function formatDistance(metres: number | null | undefined, lang: Lang): string {
  if (typeof metres !== 'number' || !Number.isFinite(metres) || metres < 0) return ''
  const rounded = metres < 100 ? Math.round(metres) : Math.round(metres / 10) * 10
  if (rounded < 1000) return lang === 'en' ? `${rounded} m` : `${rounded} 米`
  const km = metres / 1000
  const text = formatNumber(km, lang, km < 10 ? 1 : 0)
  return lang === 'en' ? `${text} km` : `${text} 公里`
}

/** A length of an object, stored in millimetres, read in centimetres: 1265 → 126.5 厘米. Unknown gives ''. */
export function formatLength(valueMM: number | null | undefined, lang: Lang): string {
  if (typeof valueMM !== 'number' || !Number.isFinite(valueMM)) return ''
  const text = formatNumber(valueMM / 10, lang, 2)
  return lang === 'en' ? `${text} cm` : `${text} 厘米`
}

/** Grams as kilograms from 1 kg on. Unknown gives ''. */
export function formatMass(grams: number | null | undefined, lang: Lang): string {
  if (typeof grams !== 'number' || !Number.isFinite(grams)) return ''
  if (grams >= 1000) return `${formatNumber(grams / 1000, lang, 2)} ${lang === 'en' ? 'kg' : '千克'}`
  return `${formatNumber(grams, lang, 1)} ${lang === 'en' ? 'g' : '克'}`
}

/** A price in fen: 免费 for 0, '' for unknown, which are two things. */
export function formatPrice(fen: number | null | undefined, lang: Lang): string {
  if (typeof fen !== 'number' || !Number.isFinite(fen)) return ''
  if (fen === 0) return lang === 'en' ? 'Free' : '免费'
  const yuan = new Intl.NumberFormat(lang, { minimumFractionDigits: fen % 100 ? 2 : 0, maximumFractionDigits: 2 }).format(fen / 100)
  return lang === 'en' ? `CN¥${yuan}` : `${yuan} 元`
}

/** Minutes as 45 分钟, 2 小时 30 分. Unknown gives ''. */
export function formatMinutes(minutes: number | null | undefined, lang: Lang): string {
  if (typeof minutes !== 'number' || !Number.isFinite(minutes) || minutes < 0) return ''
  const whole = Math.round(minutes)
  const hours = Math.floor(whole / 60)
  const rest = whole % 60
  if (hours === 0) return lang === 'en' ? `${rest} min` : `${rest} 分钟`
  if (rest === 0) return lang === 'en' ? `${hours} h` : `${hours} 小时`
  return lang === 'en' ? `${hours} h ${rest} min` : `${hours} 小时 ${rest} 分`
}
