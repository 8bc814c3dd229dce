import { describe, expect, it } from 'vitest'
import { fieldAt } from './field'
import { kinds } from './kinds'
import zh from '../locales/zh.json'
import { keysOf } from '@shared/i18n/complete'

const relic = kinds.relics!.sections.flatMap((s) => s.fields)

describe('the field of a path that the server names', () => {
  it.each([
    ['name.zh', ['name'], [], 'zh'],
    ['grade', ['grade'], [], ''],
    ['dimensions[0].valueMM', ['dimensions', 'valueMM'], [1], ''],
    ['sources[2].text.en', ['sources', 'sourceText'], [3], 'en'],
    ['images[1].assetId', ['images'], [2], ''],
    ['mass.grams', ['grams'], [], ''],
  ])('%s', (path, labels, places, lang) => {
    const found = fieldAt(relic, path)
    expect([found?.labels, found?.places, found?.lang]).toEqual([labels, places, lang])
  })
  it('is none for what no form has', () => expect(fieldAt(relic, 'sortKey')).toBeUndefined())
})

it('every section, field, unit and button of every form has its words', () => {
  const known = new Set(keysOf(zh))
  const missing: string[] = []
  const need = (key: string) => known.has(key) || missing.push(key)
  const walk = (fields: typeof relic): void =>
    fields.forEach((f) => {
      if (f.type === 'note') return void need(`help.${f.text}`)
      need(`field.${f.label ?? f.path.split('.').pop()}`)
      if (f.help) need(`help.${f.help}`)
      if (f.type === 'number' && f.unit) need(`unit.${f.unit}`)
      if (f.type === 'list') {
        need(`add.${f.add}`)
        walk(f.fields)
      }
    })
  for (const kind of Object.values(kinds)) {
    need(`nav.${kind.plural}`)
    need(`new.${kind.plural}`)
    for (const section of kind.sections) {
      need(`section.${section.name}`)
      walk(section.fields)
    }
    kind.columns.forEach((c) => need(`field.${c.label ?? c.path.split('.').pop()}`))
  }
  expect(missing).toEqual([])
})
