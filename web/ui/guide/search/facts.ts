import type { Lang } from '@shared/i18n'
import type { Hit } from '../api'

/** What a list shows of a hit beside its title. Each is '' or false when the index does not carry it. */
export interface Facts {
  period: string
  holder: string
  place: string
  /** Whether an exhibition is on. */
  status: string
  simulated: boolean
  unverified: boolean
}

/** Reads the values stored with a hit: `periodZh` and `periodEn` for a text, 'true' for a mark. */
export function facts(hit: Hit, lang: Lang): Facts {
  const show = hit.show ?? {}
  const said = (name: string) => {
    const zh = show[`${name}Zh`] ?? show[name]
    const en = show[`${name}En`]
    return (lang === 'en' ? en || zh : zh || en) ?? ''
  }
  return {
    period: said('period'),
    holder: said('holder') || said('area') || said('subject'),
    place: said('place'),
    status: show.status ?? '',
    simulated: show.simulated === 'true',
    unverified: show.unverified === 'true',
  }
}

/** The city of a place as the index writes it: 郑州市登封市 → 郑州; "Dengfeng, Zhengzhou" → Zhengzhou. */
export function cityOf(place: string, lang: Lang): string {
  const zh = /^(?:.{2,7}?(?:省|自治区))?(.+?)(?:市|地区|自治州|盟)/.exec(place)?.[1]
  if (zh) return zh
  return lang === 'en' ? place.slice(place.lastIndexOf(',') + 1).trim() : place
}
