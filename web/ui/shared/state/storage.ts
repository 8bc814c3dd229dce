/** Reads a remembered choice; undefined when there is none or the browser keeps nothing (private windows, in-app browsers). */
export function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(`yjy.${key}`) ?? undefined
  } catch {
    return undefined
  }
}

/** Remembers a choice if the browser lets us; the choice holds for this visit either way. */
export function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`yjy.${key}`)
    else localStorage.setItem(`yjy.${key}`, value)
  } catch {
    return // nothing is kept, nothing is lost
  }
}
