import type { Coded, Relic, Source } from '@shared/api/types'
import { formatLength, formatList, formatMass, formatYear } from '@shared/format'
import { type Lang, pick } from '@shared/i18n'
import type { Fact } from '../components/FactList.vue'
import { periodFact } from './period'

type Translate = (key: string, values?: Record<string, unknown>) => string

const labels = (list: readonly (Coded | null | undefined)[] | undefined, lang: Lang): string =>
  formatList((list ?? []).flatMap((c) => (c ? [pick(c.label, lang)] : [])), lang)

/** The facts of a relic in the order of a museum label. What is unknown is left out: it is not zero and not none. */
export function relicFacts(relic: Relic, lang: Lang, t: Translate): Fact[] {
  const facts: Fact[] = []
  const add = (key: string, ...lines: (Fact['lines'][number] | undefined)[]) => {
    const said = lines.filter((l): l is Fact['lines'][number] => Boolean(l?.text))
    if (said.length > 0) facts.push({ label: t(`relic.${key}`), lines: said })
  }
  const about = (value: string, approximate: boolean | undefined) => (approximate && value ? t('relic.about', { value }) : value)
  const from = (source: Source | null | undefined) => (source ? pick(source.text, lang) : '')

  add('period', periodFact(relic.period, lang))
  add('category', { text: labels([relic.category], lang) })
  add('grade', { text: labels([relic.grade], lang) })
  add('materials', { text: labels(relic.materials, lang) })
  add(
    'dimensions',
    ...(relic.dimensions ?? []).map((d) => ({
      text: `${pick(d.kind.label, lang)} ${about(formatLength(d.valueMM, lang), d.approximate)}`,
      note: [d.note, from(d.source)].filter(Boolean).join(lang === 'en' ? '; ' : '；'),
    })),
  )
  add('mass', {
    text: about(formatMass(relic.mass?.grams, lang), relic.mass?.approximate) || labels([relic.mass?.range], lang),
    note: from(relic.mass?.source),
  })
  add('quantity', { text: quantity(relic, lang, t) })
  add('museum', relic.museum ? { text: pick(relic.museum.name, lang), to: `/museums/${relic.museum.id}` } : undefined)
  add('gallery', relic.gallery ? { text: pick(relic.gallery.name, lang), to: `/places/${relic.gallery.id}` } : undefined)
  add('exhibitions', ...(relic.exhibitions ?? []).map((e) => ({ text: pick(e.title, lang), to: `/exhibitions/${e.id}`, note: e.museum && e.museum.id !== relic.museum?.id ? pick(e.museum.name, lang) : '' })))
  add('found', {
    text: [pick(relic.findPlace, lang), relic.foundYear ? formatYear(relic.foundYear, lang) : ''].filter(Boolean).join(lang === 'en' ? ', ' : '，'),
  }, relic.findSite ? { text: pick(relic.findSite.name, lang), to: `/sites/${relic.findSite.id}` } : undefined)
  return facts
}

function quantity(relic: Relic, lang: Lang, t: Translate): string {
  const { traditional, actual, unit } = relic.quantity ?? {}
  const n = traditional ?? actual
  if (typeof n !== 'number' || (n === 1 && (actual ?? 1) === 1)) return '' // a single piece goes without saying
  const text = unit ? (lang === 'en' ? `${n} ${pick(unit.label, lang)}` : `${n}${pick(unit.label, lang)}`) : String(n)
  return typeof actual === 'number' && actual !== n ? t('relic.pieces', { text, n: actual }) : text
}
