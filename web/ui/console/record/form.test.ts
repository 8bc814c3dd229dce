import { describe, expect, it } from 'vitest'
import { createForm } from './form'

describe('the form of a record', () => {
  it('is dirty only while it says something else than it began with', () => {
    const form = createForm({ name: { zh: '鼎' } })
    expect(form.dirty.value).toBe(false)
    form.put('name.en', '')
    expect(form.dirty.value).toBe(false)
    form.put('name.en', 'Ding')
    expect(form.dirty.value).toBe(true)
    expect(form.content()).toEqual({ name: { zh: '鼎', en: 'Ding' } })
    form.put('name.en', undefined)
    expect(form.dirty.value).toBe(false)
  })
  it('shows a refusal at its field until that is changed, and gives back what it cannot show', () => {
    const form = createForm({})
    const rest = form.refuse(
      [
        { path: 'fields.name.zh', code: 'heritage.chinese_required', message: '必须填写中文名称。' },
        { path: 'reason', code: 'heritage.reason_required', message: '请写明理由。' },
      ],
      (path) => path.startsWith('name'),
    )
    expect(form.errors.get('name.zh')).toBe('必须填写中文名称。')
    expect(rest.map((f) => f.path)).toEqual(['reason'])
    form.put('name.zh', '鼎')
    expect(form.errors.size).toBe(0)
  })
  it('keeps what is typed when it begins again from a newer version', () => {
    const form = createForm({ grade: 'first' })
    form.begin({ grade: 'second', name: { zh: '鼎' } }, { grade: 'third', name: { zh: '鼎' } })
    expect([form.at('grade'), form.dirty.value]).toEqual(['third', true])
  })
})
