/** A member of a JSON tree, or the tree itself. */
export type Tree = Record<string, unknown>

/** The steps of a path such as `dimensions[0].valueMM`: names and places. */
export function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map((m) => (m[2] !== undefined ? Number(m[2]) : m[1]!))
}

/** The value at a path, undefined when there is none. */
export function valueAt(tree: unknown, path: string): unknown {
  let at = tree
  for (const step of stepsOf(path)) {
    if (at === null || typeof at !== 'object') return undefined
    at = (at as Record<string | number, unknown>)[step]
  }
  return at
}

/** Puts a value at a path and makes what is missing on the way; undefined takes the member away. */
export function putAt(tree: Tree, path: string, value: unknown): void {
  const steps = stepsOf(path)
  let at = tree as Record<string | number, unknown>
  steps.slice(0, -1).forEach((step, i) => {
    if (at[step] === null || typeof at[step] !== 'object') {
      if (value === undefined) return
      at[step] = typeof steps[i + 1] === 'number' ? [] : {}
    }
    at = at[step] as Record<string | number, unknown>
  })
  const last = steps[steps.length - 1]!
  if (value === undefined && !Array.isArray(at)) delete at[last]
  else at[last] = value
}

/**
 * The tree without what says nothing: absent and empty texts, empty lists, empty groups. False and 0 say something and
 * stay. An empty entry of a list goes too, since a person left it empty.
 */
export function tidy(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(tidy).filter((v) => v !== undefined)
    return items.length > 0 ? items : undefined
  }
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .map(([k, v]) => [k, tidy(v)] as const)
      .filter(([, v]) => v !== undefined)
    return members.length > 0 ? Object.fromEntries(members) : undefined
  }
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  return value ?? undefined
}

/** Text by which two trees are equal exactly when they say the same. */
export function sameForm(value: unknown): string {
  return JSON.stringify(tidy(value), (_key, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  ) ?? ''
}

/** The path of a field error of the server as the form knows it: without the envelope `fields.`. */
export const formPath = (path: string): string => path.replace(/^(body\.)?fields\./, '')

/** A copy that shares nothing; of what a reactive proxy shows, too. */
export const copyOf = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T))
