import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Api } from '../lib/api.mjs'
import { desk, screenshots } from '../lib/browser.mjs'
import { draft, step as take } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { setTerms, uploaded } from '../lib/pictures.mjs'
import { until } from '../lib/server.mjs'

const modules = join(import.meta.dirname, '../node_modules')
const licence = 'http://creativecommons.org/licenses/by/4.0/'

/** A page of another site with a viewer that knows nothing of this program: its scripts, and what it does with a manifest. */
const viewers = {
  '/mirador': { script: '/mirador.js', run: "Mirador.viewer({ id: 'view', language: 'zh-CN', windows: [{ manifestId: manifest }], window: { sideBarOpen: true, defaultSideBarPanel: 'attribution' } })" },
  '/openseadragon': {
    script: '/openseadragon.js',
    run: `fetch(manifest).then((answer) => answer.json()).then((doc) => OpenSeadragon({ element: document.getElementById('view'), showNavigationControl: false, sequenceMode: true,
      tileSources: doc.items.map((canvas) => canvas.items[0].items[0].body.service[0].id + '/info.json') }))`,
  },
}
const scripts = { '/mirador.js': 'mirador/dist/mirador.min.js', '/openseadragon.js': 'openseadragon/build/openseadragon/openseadragon.min.js' }

/** Serves the pages of the viewers on a port of their own. */
function otherSite() {
  const site = createServer((request, answer) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost')
    if (scripts[pathname]) {
      answer.setHeader('Content-Type', 'text/javascript')
      return answer.end(readFileSync(join(modules, scripts[pathname])))
    }
    const viewer = viewers[pathname]
    if (!viewer) return answer.writeHead(404).end()
    answer.setHeader('Content-Type', 'text/html; charset=utf-8')
    const manifest = JSON.stringify(searchParams.get('manifest')).replaceAll('<', '\\u003c')
    return answer.end(`<!doctype html><html lang="zh-CN"><body style="margin:0"><div id="view" style="position:absolute;inset:0"></div>
      <script src="${viewer.script}"></script><script>const manifest = ${manifest}; ${viewer.run}</script></body></html>`)
  })
  return new Promise((done) => site.listen(0, '127.0.0.1', () => done({ url: `http://127.0.0.1:${site.address().port}`, close: () => site.close() })))
}

/** A published relic with two pictures for everybody, and one for staff between them. */
async function published(server) {
  const keeper = await Api.login(server, 'registrar')
  const [front, hidden, back] = [await uploaded(keeper, [30, 90, 160]), await uploaded(keeper, [9, 9, 9]), await uploaded(keeper, [200, 120, 40])]
  const credit = { zh: '示范摄影组', en: 'Model photographers' }
  for (const id of [front, back]) await setTerms(keeper, id, { holder: { zh: '', en: '' }, credit, licence, audience: 'public' })
  await setTerms(keeper, hidden, { holder: { zh: '', en: '' }, credit: { zh: '', en: '' }, licence: '', audience: 'staff' })
  const images = [
    { assetId: front, caption: { zh: '正面', en: 'Front' }, drawing: true },
    { assetId: hidden, caption: { zh: '机密', en: 'Secret' } },
    { assetId: back, caption: { zh: '背面', en: 'Back' }, drawing: true },
  ]
  const relic = await draft(keeper, { name: { zh: '旅程青铜鼎', en: 'Ding of the journey' }, images })
  await take(keeper, relic.id, 'review', 'submit')
  const reviewer = await Api.login(server, 'reviewer')
  await take(reviewer, relic.id, 'review', 'approve')
  await take(reviewer, relic.id, 'publication', 'publish')
  return { manifest: `${server.url}/iiif/manifest/3/relics/${relic.id}`, front, hidden, back }
}

journey('viewers of other houses open a manifest', async ({ server, browser, step }) => {
  const relic = await published(server)
  await until('the manifest', async () => {
    const answer = await fetch(relic.manifest)
    return answer.ok && (await answer.json()).items.length === 2
  })
  const site = await otherSite()

  /** Opens a viewer and gathers what it was answered. */
  const view = async (name) => {
    const context = await browser.newContext(desk)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    const seen = { page, tiles: [], bodies: [] }
    page.on('response', async (answer) => {
      if (!answer.url().startsWith(server.url)) return
      if (/\/iiif\/image\/3\/.*\.jpg$/.test(answer.url())) seen.tiles.push(`${answer.status()} ${answer.url()}`)
      else seen.bodies.push(await answer.text().catch(() => ''))
    })
    await page.goto(`${site.url}/${name}?${new URLSearchParams({ manifest: relic.manifest })}`)
    return seen
  }
  const clean = (seen) => {
    assert.ok(seen.bodies.length > 0)
    for (const text of [...seen.bodies, ...seen.tiles]) assert.ok(!text.includes(relic.hidden), `the hidden picture is named: ${text.slice(0, 200)}`)
    for (const tile of seen.tiles) assert.match(tile, /^200 /)
  }
  const tiled = (seen, id) => until(`tiles of ${id}`, () => seen.tiles.some((tile) => tile.includes(id)), 30)

  try {
    await step('Mirador shows pictures, labels, credit and rights', async () => {
      const seen = await view('mirador')
      const { page } = seen
      await page.getByText('旅程青铜鼎').first().waitFor()
      await tiled(seen, relic.front)
      await page.getByText('示范摄影组').first().waitFor()
      await page.getByText(/示意图，非文物照片/).first().waitFor()
      await page.locator(`a[href="${licence}"]`).first().waitFor()
      await page.screenshot({ path: join(screenshots, 'iiif-mirador.png') })
      await page.getByRole('tab').nth(2).click() // the list of canvases
      const list = page.getByRole('complementary')
      await list.getByText('正面').first().waitFor()
      await list.getByText('背面').first().click()
      await tiled(seen, relic.back)
      await page.screenshot({ path: join(screenshots, 'iiif-mirador-list.png') })
      assert.equal(await page.getByText(/机密|Secret/).count(), 0)
      clean(seen)
    })

    await step('OpenSeadragon asks for tiles', async () => {
      const seen = await view('openseadragon')
      await tiled(seen, relic.front)
      await seen.page.screenshot({ path: join(screenshots, 'iiif-openseadragon.png') })
      clean(seen)
    })
  } finally {
    site.close()
  }
})
