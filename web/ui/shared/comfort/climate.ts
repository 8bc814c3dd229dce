import type { components } from '../api/schema'
import { formatNumber } from '../format'
import type { Lang, Text } from '../i18n'

type Figure = components['schemas']['FigureView']

const formulas = ['climate-i', 'climate-k']

/**
 * The temperature-humidity and the wind chill index (GB/T 27963) of what a place explains, each in words: its number and
 * class, or that it is unknown and what it lacks.
 */
export function climateOf(explained: readonly Figure[] | undefined, lang: Lang, say: (text: Partial<Text>) => string): { formula: string; words: string }[] {
  const [colon, open, close, comma] = lang === 'en' ? [': ', ' (', ')', ', '] : ['：', '（', '）', '、']
  return (explained ?? [])
    .filter((f) => formulas.includes(f.formula))
    .map((f) => {
      const lacks = f.inputs.filter((i) => i.state.code === 'unknown').map((i) => `${say(i.label)}${colon}${say((i.lack ?? i.state).label)}`)
      const value = typeof f.value === 'number' ? formatNumber(f.value, lang, 1) : say(f.state.label)
      return { formula: f.formula, words: `${say(f.label)} ${value}${f.grade ? ` · ${say(f.grade.label)}` : ''}${lacks.length ? open + lacks.join(comma) + close : ''}` }
    })
}
