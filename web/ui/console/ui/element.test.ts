import { expect, it } from 'vitest'

const templates = import.meta.glob<string>('../**/*.vue', { eager: true, query: '?raw', import: 'default' })
const [list] = Object.values(import.meta.glob<string>('./element.ts', { eager: true, query: '?raw', import: 'default' }))
const known = new Set(list!.slice(list!.indexOf('const parts')).match(/\bEl[A-Z][A-Za-z]*/g))

it('every component of Element Plus that a template names is made known', () => {
  expect(Object.keys(templates).length).toBeGreaterThan(50)
  for (const [file, text] of Object.entries(templates)) {
    for (const [, name] of text.matchAll(/<(El[A-Z][A-Za-z]*)/g)) expect(known, `${file} uses ${name}`).toContain(name)
  }
})
