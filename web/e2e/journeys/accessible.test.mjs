// Everybody can use the screens: axe-core finds nothing against WCAG 2.2, levels A and AA, on the screens of the guide on a
// phone and on those of the console where the staff spend their day, in both languages and appearances. What only
// people can judge (whether words say enough, whether an order makes sense) is not told by this.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { desk, phone } from '../lib/browser.mjs'
import { login } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { consolePages, guidePages, still } from '../lib/pages.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What is wrong with the screen, a line for each element. Marks of a map lie where their places do: WCAG 2.5.8 excepts them. */
async function wrong(page) {
  await page.evaluate(axe)
  const found = await page.evaluate(async (values) => (await globalThis.axe.run({ exclude: ['.maplibregl-canvas'] }, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })).violations, rules)
  return found.flatMap((v) => v.nodes.filter((n) => v.id !== 'target-size' || !n.html.includes('map-mark')).map((n) => `${v.id}: ${n.html.slice(0, 160)} (${[...n.any, ...n.all, ...n.none][0]?.message})`))
}

const day = { keeper: ['duty', 'movements', 'tags', 'rules'], registrar: ['home', 'search', 'relics', 'relic', 'import', 'exhibition', 'new-relic'], manager: ['board', 'spots', 'path', 'new-spot'], admin: ['accounts', 'audit'] }

journey('accessible', async ({ server, step, open }) => {
  const audit = async (page, pages) => {
    for (const [name, at] of pages) {
      await page.goto(at.path ?? at)
      assert.ok(await still(page), `${name} stays busy`)
      if (at.act) await at.act(page)
      assert.deepEqual(await wrong(page), [], name)
    }
  }
  const guide = await guidePages(server)

  await step('the screens of the guide on a phone', async () => audit(await open(phone), Object.entries(guide)))

  await step('the same in English and dark', async () => {
    const names = ['home', 'search', 'search-filters', 'search-asking', 'search-offline', 'relic', 'map', 'area', 'plan', 'model-area']
    await audit(await open({ ...phone, locale: 'en-GB', colorScheme: 'dark' }), names.map((name) => [name, guide[name]]))
  })

  const pages = await consolePages(server)
  for (const [account, names] of Object.entries(day)) {
    await step(`the screens of the ${account}`, async () => {
      const page = await open(desk)
      await login(page, account, server.password)
      await audit(page, names.map((name) => [name, pages[account][name]]))
    })
  }

  await step('a registrar in English and dark', async () => {
    const page = await open({ ...desk, locale: 'en-GB', colorScheme: 'dark' })
    await login(page, 'registrar', server.password)
    await audit(page, ['home', 'relics', 'relic', 'import'].map((name) => [name, pages.registrar[name]]))
  })
})
