import { expect, it } from 'vitest'
import page from '../index.html?raw'
import en from './locales/en.json'
import zh from './locales/zh.json'

it.each([
  ['Chinese', zh],
  ['English', en],
])('the lines that index.html paints at once are those of the home page in %s', (_lang, messages) => {
  for (const said of [messages.home.title, messages.home.lead]) expect(page).toContain(said)
})
