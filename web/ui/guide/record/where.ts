import type { Division, Text } from '@shared/api/types'
import { type Lang, pick } from '@shared/i18n'

/** A division in the order of its language: 河南省郑州市登封市, or Dengfeng, Zhengzhou, Henan. '' when nothing is known. */
export function divisionLine(d: Division | undefined | null, lang: Lang): string {
  if (!d) return ''
  const parts = [d.province, d.city, d.county, d.township].map((p) => pick(p, lang)).filter(Boolean)
  // 郑州市郑州市: a city without counties is written once.
  const once = parts.filter((p, i) => p !== parts[i - 1])
  return lang === 'en' ? once.reverse().join(', ') : once.join('')
}

/** The address with the division before it, unless the address names it already. */
export function addressLine(d: Division | undefined | null, address: Text | undefined | null, lang: Lang): string {
  const division = divisionLine(d, lang)
  const street = pick(address, lang)
  if (!street) return division
  if (lang === 'en') return street.includes(pick(d?.city, lang) || '\u0000') ? street : [street, division].filter(Boolean).join(', ')
  const named = [d?.province, d?.city, d?.county].some((p) => p?.zh && street.startsWith(p.zh.slice(0, 2)))
  return named ? street : division + street
}
