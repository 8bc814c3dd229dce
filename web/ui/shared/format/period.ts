/** A stretch of years; an end that is not there is open. Negative is BCE, there is no year 0. */
export interface Period {
  from?: number
  to?: number
}

/** Reads FROM..TO or one year, as the API takes a period in years. undefined when it is no stretch of years. */
export function readPeriod(text: string): Period | undefined {
  const parts = /^(-?\d{1,9})?\.\.(-?\d{1,9})?$/.exec(text) ?? /^(-?\d{1,9})$/.exec(text)
  if (!parts) return undefined
  const year = (s: string | undefined) => (s ? Number(s) : undefined)
  const from = year(parts[1])
  const to = parts.length > 2 ? year(parts[2]) : from
  if ((from === undefined && to === undefined) || from === 0 || to === 0 || (from !== undefined && to !== undefined && from > to)) return undefined
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** Writes a period as the API takes it; '' for all times. */
export const writePeriod = (p: Period): string => (p.from === undefined && p.to === undefined ? '' : `${p.from ?? ''}..${p.to ?? ''}`)
