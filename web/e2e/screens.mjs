// screens.mjs [NAME …]: pictures of every screen of the guide and the console into web/e2e/screenshots, for people to look
// at. YJY_TEST_SERVER may name a server that runs; otherwise one is started and stopped.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Api, search } from './lib/api.mjs'
import { desk, deskSize, launch, phone, phoneSize, screenshots, visitor } from './lib/browser.mjs'
import { choose, login, named } from './lib/console.mjs'
import { Server, until } from './lib/server.mjs'

const only = process.argv.slice(2)
const wanted = (name) => only.length === 0 || only.some((word) => name.includes(word))
const own = !process.env.YJY_TEST_SERVER
const server = own ? await Server.start() : Server.known()
const browser = await launch()
const troubles = []
mkdirSync(screenshots, { recursive: true })

const first = async (parameters) => (await search(server, parameters)).items[0]
const of = async (kind, q = '') => `/${kind}s/${(await first({ kind, q })).id}`

/** Waits until nothing is fetched and no skeleton stands in for what is to come. */
async function still(page) {
  await page.waitForLoadState('networkidle').catch(() => {})
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .skeleton'), undefined, { timeout: 10_000 }).catch(() => troubles.push(`${page.url()} stays busy`))
}

/** Begins a rule of a kind; one of hours has a span. */
const ruleOf = (kind) => async (page) => {
  await named(page, 'rule-new').click()
  await choose(page, named(page, 'rule-kind'), kind)
  await named(page, 'hours-add').click()
}

/** Opens a page in a size, language and appearance and takes its picture. */
async function shoot(name, page, path, { size, full = false, act } = {}) {
  if (!wanted(name)) return
  await page.setViewportSize(size)
  await page.goto(path)
  await still(page)
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
    const { image } = await first({ kind, q })
    return image && (await fetch(`${server.url}/iiif/image/3/${image}/info.json`)).ok
  }, 600)
}

const guide = {
  home: '/',
  search: `/search?q=${encodeURIComponent('青铜')}`,
  'search-kinds': `/search?q=${encodeURIComponent('河南')}&view=kinds`,
  'search-map': `/search?q=${encodeURIComponent('郑州')}&view=map`,
  nothing: `/search?q=${encodeURIComponent('没有的东西xyzzy')}`,
  map: '/map',
  relic: await of('relic', '莲鹤方壶'),
  site: await of('site', '龙门石窟'),
  museum: await of('museum', '河南博物院'),
  'model-museum': await of('museum', '示范博物馆'),
  exhibition: await of('exhibition', '纹样之美'),
  'exhibition-search': '/search?kind=exhibition',
  area: await of('area', '龙门石窟'),
  'model-area': await of('area', '示范景区'),
  plan: `${await of('area', '示范景区')}/plan`,
  'city-plan': `/cities/${encodeURIComponent('郑州市')}/plan`,
  plans: '/plan',
  spot: await of('spot'),
  about: '/about',
  privacy: '/privacy',
  missing: '/no-such-page',
}
const registrar = await Api.login(server, 'registrar')
const relic = (await registrar.get('/api/v1/relics?view=staff&org=demo-museum&limit=1')).body.items[0]
const exhibition = (await registrar.get('/api/v1/exhibitions?view=staff&org=demo-museum&limit=1')).body.items[0]
const walk = (await (await Api.login(server, 'manager')).get('/api/v1/paths?view=staff&limit=1')).body.items[0]

/** The import of one of our files; handed in when there is none. */
async function handedIn(name) {
  const known = (await registrar.get('/api/v1/loads?org=demo-museum&limit=200')).body.items.find((load) => load.file === name)
  if (known) return known
  const answer = await fetch(`${server.url}/api/v1/loads?${new URLSearchParams({ org: 'demo-museum', kind: 'relic', name })}`, {
    method: 'POST', headers: { ...registrar.headers, 'Content-Type': 'text/csv' }, body: readFileSync(join(import.meta.dirname, 'files', name)),
  })
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

const consolePages = {
  registrar: {
    home: '/console/',
    search: `/console/search?q=${encodeURIComponent('铜')}`,
    relics: '/console/relics',
    relic: `/console/relics/${relic.id}`,
    history: `/console/relics/${relic.id}?tab=history`,
    'new-relic': '/console/relics/new',
    sites: '/console/sites',
    museums: '/console/museums',
    exhibitions: '/console/exhibitions',
    exhibition: { path: `/console/exhibitions/${exhibition.id}`, act: (p) => p.locator('#section-exhibits').scrollIntoViewIfNeeded() },
    'new-exhibition': '/console/exhibitions/new',
    places: '/console/places',
    imports: '/console/imports',
    tombstones: '/console/tombstones',
    me: '/console/me',
  },
  keeper: { duty: '/console/duty', movements: '/console/movements', 'new-movement': '/console/movements/new', tags: '/console/tags', devices: '/console/devices', zones: '/console/zones', rules: '/console/rules', 'new-rule': { path: '/console/rules', act: (p) => named(p, 'rule-new').click() }, 'rule-of-hours': { path: '/console/rules', act: ruleOf('时段') }, 'rule-of-passages': { path: '/console/rules', act: ruleOf('无单移动') }, 'alarm-settings': '/console/alarm-settings' },
  manager: {
    board: '/console/board',
    areas: '/console/areas',
    spots: '/console/spots',
    'new-spot': '/console/spots/new',
    'refused-spot': {
      path: '/console/spots/new',
      act: async (p) => {
        await named(p, 'field-name.en').fill('Fish bridge')
        await named(p, 'record-save').click()
        await named(p, 'save-error').waitFor()
      },
    },
    paths: '/console/paths',
    path: { path: `/console/paths/${walk.id}`, act: (p) => p.locator('#section-course').scrollIntoViewIfNeeded() },
    'new-path': `/console/paths/new?area=${walk.fields.areaId}`,
    stories: '/console/stories',
  },
  admin: {
    accounts: '/console/accounts',
    'new-account': { path: '/console/accounts', act: (p) => named(p, 'account-new').click() },
    orgs: '/console/orgs',
    keys: '/console/keys',
    'new-key': { path: '/console/keys', act: (p) => named(p, 'key-new').click() },
    audit: '/console/audit',
  },
}
consolePages.registrar.import = `/console/imports/${(await handedIn('dirty-bom.csv')).id}`

const sizes = { phone: [phone, phoneSize], desk: [desk, deskSize] }
for (const [width, [settings, size]] of Object.entries(sizes)) {
  const page = await visitor(browser, server.url, settings)
  for (const [name, path] of Object.entries(guide)) await shoot(`guide-${name}-${width}`, page, path, { size })
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
  for (const [account, pages] of Object.entries(consolePages)) {
    const staff = await visitor(browser, server.url, settings)
    await login(staff, account, server.password)
    for (const [name, at] of Object.entries(pages)) await shoot(`console-${name}-${width}`, staff, at.path ?? at, { size, act: at.act })
    troubles.push(...staff.context().troubles)
    await staff.context().close()
  }
  const night = await visitor(browser, server.url, { ...settings, locale: 'en-GB', colorScheme: 'dark' })
  await login(night, 'registrar', server.password)
  for (const name of ['home', 'relics', 'relic', 'import']) {
    await shoot(`console-${name}-${width}-dark-en`, night, consolePages.registrar[name], { size })
  }
  troubles.push(...page.context().troubles, ...other.context().troubles, ...night.context().troubles)
  for (const p of [page, other, night]) await p.context().close()
}
await browser.close()
if (own) troubles.push(...(await server.stop()))
for (const line of troubles) console.error(line)
process.exit(troubles.length > 0 ? 1 : 0)
