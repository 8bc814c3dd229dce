import { copyOf, putAt, sameForm, tidy, type Tree, valueAt } from './path'

/** One member in which two versions differ. */
export interface Difference {
  path: string
  base: unknown
  mine: unknown
  theirs: unknown
  /** Both changed it, and not to the same. */
  clash: boolean
}

/** The paths of everything that a tree says. A list is one thing: merging entries of two lists would make a third. */
function leaves(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return path === '' ? [] : [path]
  return Object.entries(value).flatMap(([name, v]) => leaves(v, path === '' ? name : `${path}.${name}`))
}

/** What differs between mine and theirs, both made from base, in the order of paths. */
export function differences(base: Tree, mine: Tree, theirs: Tree): Difference[] {
  const [b, m, t] = [base, mine, theirs].map((x) => tidy(x) ?? {}) as [Tree, Tree, Tree]
  const paths = [...new Set([...leaves(b), ...leaves(m), ...leaves(t)])].sort()
  return paths.flatMap((path) => {
    const [x, y, z] = [valueAt(b, path), valueAt(m, path), valueAt(t, path)]
    if (sameForm(y) === sameForm(z)) return []
    // A group that another version has as a whole is told by its members.
    if ([x, y, z].some((v) => v !== null && typeof v === 'object' && !Array.isArray(v))) return []
    return [{ path, base: x, mine: y, theirs: z, clash: sameForm(x) !== sameForm(y) && sameForm(x) !== sameForm(z) }]
  })
}

/** Whether a difference is one that I made: it is taken over unless the reader says otherwise. */
export const changedByMe = (d: Difference): boolean => sameForm(d.base) !== sameForm(d.mine)

/** Theirs with those of my values that are taken over. */
export function merged(theirs: Tree, taken: readonly Difference[]): Tree {
  const out = copyOf(theirs)
  for (const d of taken) putAt(out, d.path, copyOf(d.mine))
  return out
}

/** What differs between two versions, for the history of records that the server does not compare. */
export function changesBetween(was: Tree, is: Tree): { path: string; old: unknown; new: unknown }[] {
  return differences(was, is, was).map((d) => ({ path: d.path, old: d.theirs, new: d.mine }))
}
