/** One value of a facet as a chip. */
export interface Chip {
  value: string
  label: string
  count: number
  on: boolean
}

/**
 * The chips of one facet: what is chosen first, then what is counted, as far as `fold` unless all are wanted. A chosen
 * value stays in reach even when nothing has it any more.
 */
export function chipsOf(counted: readonly { value: string; label: string; count: number }[], chosen: readonly string[], fold: number): { chips: Chip[]; rest: number } {
  const lost = chosen.filter((v) => !counted.some((c) => c.value === v)).map((value) => ({ value, label: value, count: 0 }))
  const all = [...counted, ...lost].map((c) => ({ ...c, on: chosen.includes(c.value) }))
  const ordered = [...all.filter((v) => v.on), ...all.filter((v) => !v.on)]
  const chips = ordered.filter((v, i) => i < fold || v.on)
  return { chips, rest: ordered.length - chips.length }
}
