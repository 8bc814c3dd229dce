import { useLang } from '@shared/i18n'
import { fieldAt } from './field'
import type { RecordKind } from './kinds'

/** What a path of the server is called on the form of a type. */
export function usePathLabel(kind: RecordKind) {
  const { t } = useLang()
  const fields = kind.sections.flatMap((s) => s.fields)
  return {
    fieldOf: (path: string) => fieldAt(fields, path)?.field,
    /** 外形尺寸 1 · 数值; a path that no form has is shown as it is. */
    label: (path: string): string => {
      const life = /^(review|publication|ledger)(?:\.(.+))?$/.exec(path)
      // What a ledger entry says is told by its own name: 账务 · 凭证号, not 账务 · 记账.
      if (life) return `${t(`life.${life[1]}`)}${life[2] ? ` · ${t(`lifePart.${life[2].replace(/^entry\./, '').split('.')[0]}`)}` : ''}`
      const found = fieldAt(fields, path)
      if (!found) return path
      const parts = found.labels.map((l, i) => t(`field.${l}`) + (found.places[i] ? ` ${found.places[i]}` : ''))
      return parts.join(' · ') + (found.lang ? ` (${t(`form.lang.${found.lang}`)})` : '')
    },
  }
}
