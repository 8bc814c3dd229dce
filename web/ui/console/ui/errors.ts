import { ApiError } from '@shared/api/error'

/** The refused fields of a flat form by their paths. */
export const errorsOf = (err: unknown): Map<string, string> => new Map(err instanceof ApiError ? err.fields.map((f) => [f.path.replace(/^body\./, ''), f.message]) : [])

/** What of them no control of the form shows, as one text; `shown` tells which it does. */
export const errorsBeside = (errors: ReadonlyMap<string, string>, shown: (path: string) => boolean): string =>
  [...errors].filter(([path]) => !shown(path)).map(([, said]) => said).join(' ')
