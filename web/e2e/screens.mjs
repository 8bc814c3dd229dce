// screens.mjs [NAME …]: pictures of every screen of the guide and the console into web/e2e/screenshots, for people to look
// at. YJY_TEST_SERVER may name a server that runs; otherwise one is started and stopped.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { search } from './lib/api.mjs'
import { desk, deskSize, launch, phone, phoneSize, screenshots, visitor } from './lib/browser.mjs'
import { login } from './lib/console.mjs'
import { consolePages, guidePages, still } from './lib/pages.mjs'
import { Server, until } from './lib/server.mjs'

const only = process.argv.slice(2)
const wanted = (name) => only.length === 0 || only.some((word) => name.includes(word))
const own = !process.env.YJY_TEST_SERVER
const server = own ? await Server.start() : Server.known()
const browser = await launch()
const troubles = []
mkdirSync(screenshots, { recursive: true })

/** Opens a page in a size, language and appearance and takes its picture. */
async function shoot(name, page, at, { size, full = false, act = at.act } = {}) {
  if (!wanted(name)) return
  await page.setViewportSize(size)
  await page.goto(at.path ?? at)
  if (!(await still(page))) troubles.push(`${page.url()} stays busy`)
  if (act) {
    await act(page)
    // What opens or moves has done so; what turns for ever is not waited for.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().filter((a) => a.effect.getComputedTiming().iterations !== Infinity).map((a) => a.finished)))
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  if (wide > 1) troubles.push(`${name}: ${wide} px wider than the window`)
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: full })
}

// The drawings of the demo are made one after the other, after its records.
const pictured = [['relic', '莲鹤方壶'], ['museum', '河南博物院'], ['area', '龙门石窟'], ['site', '龙门石窟']]
for (const [kind, q] of pictured) {
  await until(`a picture of ${q}`, async () => {
    const { image } = (await search(server, { kind, q })).items[0]
    return image && (await fetch(`${server.url}/iiif/image/3/${image}/info.json`)).ok
  }, 600)
}

const guide = await guidePages(server)
const staffPages = await consolePages(server)

const sizes = { phone: [phone, phoneSize], desk: [desk, deskSize] }
for (const [width, [settings, size]] of Object.entries(sizes)) {
  const page = await visitor(browser, server.url, settings)
  for (const [name, at] of Object.entries(guide)) await shoot(`guide-${name}-${width}`, page, at, { size })
  await shoot(`guide-relic-whole-${width}`, page, guide.relic, { size, full: true })
  await shoot(`guide-exhibition-whole-${width}`, page, guide.exhibition, { size, full: true })
  await shoot(`guide-museum-whole-${width}`, page, guide.museum, { size, full: true })
  await shoot(`guide-zoom-${width}`, page, guide.relic, {
    size,
    act: async (p) => {
      await p.getByRole('button', { name: /放大查看/ }).first().click()
      await p.getByRole('button', { name: '放大', exact: true }).waitFor()
      await p.waitForLoadState('networkidle')
    },
  })
  await shoot(`console-login-${width}`, page, '/console/login', { size })
  const other = await visitor(browser, server.url, { ...settings, locale: 'en-GB', colorScheme: 'dark' })
  for (const name of ['home', 'search', 'relic', 'map', 'area']) await shoot(`guide-${name}-${width}-dark-en`, other, guide[name], { size })
  for (const [account, pages] of Object.entries(staffPages)) {
    const staff = await visitor(browser, server.url, settings)
    await login(staff, account, server.password)
    for (const [name, at] of Object.entries(pages)) await shoot(`console-${name}-${width}`, staff, at, { size })
    troubles.push(...staff.context().troubles)
    await staff.context().close()
  }
  const night = await visitor(browser, server.url, { ...settings, locale: 'en-GB', colorScheme: 'dark' })
  await login(night, 'registrar', server.password)
  for (const name of ['home', 'relics', 'relic', 'import']) {
    await shoot(`console-${name}-${width}-dark-en`, night, staffPages.registrar[name], { size })
  }
  troubles.push(...page.context().troubles, ...other.context().troubles, ...night.context().troubles)
  for (const p of [page, other, night]) await p.context().close()
}
await browser.close()
if (own) troubles.push(...(await server.stop()))
for (const line of troubles) console.error(line)
process.exit(troubles.length > 0 ? 1 : 0)
