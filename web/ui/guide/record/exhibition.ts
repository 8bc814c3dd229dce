import type { Exhibition, ImageRef } from '@shared/api/types'
import { formatDay } from '@shared/format'
import { type Lang, pick } from '@shared/i18n'
import type { Fact } from '../components/FactList.vue'

type Translate = (key: string, values?: Record<string, unknown>) => string

/** From when to when, in words: an exhibition without a last day is open until further notice. */
export function datesOf(e: Pick<Exhibition, 'from' | 'until' | 'kind'>, lang: Lang, t: Translate): string {
  const from = formatDay(e.from, lang)
  const until = formatDay(e.until, lang)
  if (from && until) return e.from === e.until ? from : `${from} – ${until}`
  if (until) return t('exhibition.until', { day: until })
  return from ? t('exhibition.since', { day: from }) : ''
}

/** The facts of an exhibition in the order in which a visitor asks: whether it is on, when, where, by whom. */
export function exhibitionFacts(e: Exhibition, lang: Lang, t: Translate): Fact[] {
  const facts: Fact[] = []
  const add = (key: string, lines: Fact['lines']) => {
    const said = lines.filter((l) => l.text)
    if (said.length > 0) facts.push({ label: t(`exhibition.${key}`), lines: said })
  }
  add('dates', [{ text: datesOf(e, lang, t) }])
  add('museum', e.museum ? [{ text: pick(e.museum.name, lang), to: `/museums/${e.museum.id}` }] : [])
  add('halls', e.halls.map((h) => ({ text: pick(h.name, lang), to: `/places/${h.id}` })))
  add('organisers', (e.organisers ?? []).map((text) => ({ text })))
  add('page', e.url ? [{ text: e.url.replace(/^https?:\/\//, ''), href: e.url }] : [])
  return facts
}

/** How many pictures of relics stand in for a poster where an exhibition has none. */
const standIns = 12

/** The pictures of an exhibition: its own, or those of its first relics. */
export function picturesOf(e: Exhibition): ImageRef[] {
  if (e.images?.length) return e.images
  return e.sections.flatMap((s) => s.items).flatMap((it) => (it.relic.image ? [{ ...it.relic.image, caption: it.relic.name }] : [])).slice(0, standIns)
}
