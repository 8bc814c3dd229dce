import { ApiError } from '@shared/api/error'

/** The refused fields of a flat form by their paths. */
export const errorsOf = (err: unknown): Map<string, string> => new Map(err instanceof ApiError ? err.fields.map((f) => [f.path.replace(/^body\./, ''), f.message]) : [])

/** What of them no control of the form shows, as one text. */
export const errorsBeside = (errors: ReadonlyMap<string, string>, shown: readonly string[]): string =>
  [...errors].filter(([path]) => !shown.includes(path)).map(([, said]) => said).join(' ')
