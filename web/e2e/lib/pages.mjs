// pages.mjs: the screens of the guide and of the console, each with a name, for pictures and for audits.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Api, search } from './api.mjs'
import { choose, named } from './console.mjs'

/** Waits until nothing is fetched and no skeleton stands in for what is to come; false when it stays busy. */
export async function still(page) {
  await page.waitForLoadState('networkidle').catch(() => {})
  return page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .skeleton'), undefined, { timeout: 10_000 }).then(() => true, () => false)
}

/** Begins a rule of a kind; one of hours has a span. */
const ruleOf = (kind) => async (page) => {
  await named(page, 'rule-new').click()
  await choose(page, named(page, 'rule-kind'), kind)
  await named(page, 'hours-add').click()
}

/** Types a word that the server never answers, and then another that no name on the phone has. */
async function askingFor(page) {
  await page.route(/\/suggest\?q=(%E9%BC%8E|xyzzy)$/, () => {})
  const box = page.getByRole('combobox').first()
  await box.fill('鼎')
  await page.locator('[role=listbox] .kind').first().waitFor()
  await box.fill('xyzzy')
  await page.locator('[role=listbox][data-earlier]').waitFor()
}

/** Opens the sheet with the filters and gives years that make no sense. */
async function filters(page) {
  await page.getByRole('button', { name: /^(筛选|Filters)/ }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('textbox').first().fill('1')
  await sheet.getByRole('textbox').nth(1).fill('0')
  await sheet.locator('form button').click()
  await sheet.getByRole('alert').waitFor()
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((a) => a.finished)))
}

/** Searches while the server cannot be reached. */
async function offline(page) {
  await page.route(/\/api\/v1\/(search|suggest)\?/, (route) => route.abort())
  await page.getByRole('combobox').first().fill('henan')
  await page.locator('.head[data-standing=offline]').waitFor()
  await page.locator('.kept a').first().waitFor()
  await page.unroute(/\/api\/v1\/(search|suggest)\?/)
}

/** The paths of the screens that anybody sees, by name; of some, with what is done on them first. */
export async function guidePages(server) {
  const of = async (kind, q = '') => `/${kind}s/${(await search(server, { kind, q })).items[0].id}`
  return {
    home: '/',
    search: `/search?q=${encodeURIComponent('青铜')}`,
    'search-filters': { path: '/search?kind=relic', act: filters },
    'search-asking': { path: '/search', act: askingFor },
    'search-offline': { path: '/search', act: offline },
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
}

/** The import of one of our files; handed in when there is none. */
async function handedIn(server, registrar, name) {
  const known = (await registrar.get('/api/v1/loads?org=demo-museum&limit=200')).body.items.find((load) => load.file === name)
  if (known) return known
  const answer = await fetch(`${server.url}/api/v1/loads?${new URLSearchParams({ org: 'demo-museum', kind: 'relic', name })}`, {
    method: 'POST', headers: { ...registrar.headers, 'Content-Type': 'text/csv' }, body: readFileSync(join(import.meta.dirname, '../files', name)),
  })
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** The paths of the screens of the staff by account and name; of some, with what is done on them first. */
export async function consolePages(server) {
  const registrar = await Api.login(server, 'registrar')
  const relic = (await registrar.get('/api/v1/relics?view=staff&org=demo-museum&limit=1')).body.items[0]
  const exhibition = (await registrar.get('/api/v1/exhibitions?view=staff&org=demo-museum&limit=1')).body.items[0]
  const walk = (await (await Api.login(server, 'manager')).get('/api/v1/paths?view=staff&limit=1')).body.items[0]
  const pages = {
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
  pages.registrar.import = `/console/imports/${(await handedIn(server, registrar, 'dirty-bom.csv')).id}`
  return pages
}
