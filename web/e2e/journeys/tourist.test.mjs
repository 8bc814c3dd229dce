import assert from 'node:assert/strict'
import { phone } from '../lib/browser.mjs'
import { journey } from '../lib/journey.mjs'

const spellings = ['莲鹤方壶', '蓮鶴方壺', 'lianhe', '春秋 青铜', '鹤']

journey('a tourist finds the lotus and crane hu', async ({ open, step }) => {
  // Refused position and no service worker: an in-app browser.
  const page = await open({ ...phone, deviceScaleFactor: 1, serviceWorkers: 'block', permissions: [] })
  await page.addInitScript(() => {
    delete Navigator.prototype.serviceWorker
    const refuse = (_done, failed) => failed?.({ code: 1, message: 'denied', PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 })
    Object.defineProperty(Navigator.prototype, 'geolocation', { value: { getCurrentPosition: refuse, watchPosition: refuse, clearWatch() {} } })
  })
  const box = page.getByRole('search').getByRole('combobox')
  const rows = page.locator('main ol a', { has: page.locator('.title') })
  const hu = rows.filter({ hasText: '莲鹤方壶' }).filter({ hasText: '河南博物院' })
  const facts = page.locator('dl')

  await step('the first screen needs neither position nor service worker', async () => {
    await page.goto('/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('button', { name: '查找我附近' }).click()
    await page.getByRole('alert').filter({ hasText: '没有获得定位许可' }).waitFor()
  })

  for (const spelling of spellings) {
    await step(`is found by ${spelling}`, async () => {
      await page.goto('/search')
      await box.fill(spelling)
      await box.press('Enter')
      await page.waitForURL((url) => url.searchParams.get('q') === spelling)
      await hu.first().waitFor()
    })
  }

  await step('its page says when, where from and on whose word', async () => {
    await page.goto(`/search?q=${encodeURIComponent(spellings[0])}`)
    await hu.first().click()
    await page.waitForURL(/\/relics\/[0-9a-f-]{36}$/)
    await page.getByRole('heading', { level: 1, name: '莲鹤方壶' }).waitFor()
    const said = await facts.first().innerText()
    assert.match(said, /年代\s+春秋/)
    assert.match(said, /公元前\d{3}—前\d{3}年/)
    assert.match(said, /河南博物院/)
    assert.match(said, /出土\s+.*新郑/)
    const sources = page.locator('section', { has: page.getByRole('heading', { name: '资料来源' }) })
    assert.ok((await sources.locator('li').count()) > 0, 'no source')
    await page.locator('figcaption', { hasText: '示意图，非文物照片' }).waitFor()
  })

  await step('the picture zooms: finer tiles are fetched and drawn', async () => {
    // How many pixels of the picture stand in one pixel of a tile; 1 is the finest.
    const coarseness = (request) => {
      const tile = /\/iiif\/image\/3\/[^/]+\/\d+,\d+,(\d+),\d+\/(\d+),/.exec(request.url())
      return tile ? Number(tile[1]) / Number(tile[2]) : Infinity
    }
    let coarse = Infinity
    page.on('requestfinished', (request) => (coarse = Math.min(coarse, coarseness(request))))
    const first = page.waitForEvent('requestfinished', (request) => /\/iiif\/image\/3\/[^/]+\/[^/]+\/\d+,/.test(request.url()))
    await page.getByRole('button', { name: '放大查看：莲鹤方壶' }).click()
    const bigger = page.getByRole('button', { name: '放大', exact: true })
    await bigger.waitFor()
    await first
    const canvas = page.locator('dialog canvas').first()
    const before = await canvas.screenshot()
    const whole = Math.min(coarse, 4)
    assert.ok(whole > 1, 'the whole picture is already at its finest')
    const finer = page.waitForEvent('requestfinished', (request) => coarseness(request) < whole)
    for (let i = 0; i < 4; i += 1) await bigger.click()
    await finer
    assert.notDeepEqual(await canvas.screenshot(), before, 'the picture on the screen did not change')
    await page.getByRole('button', { name: '关闭' }).click()
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    assert.match(page.url(), /\/relics\//, 'closing the picture left the page')
  })

  await step('English', async () => {
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Square hu with lotus and crane' }).waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
    const said = await facts.first().innerText()
    assert.match(said, /Spring and Autumn/)
    assert.match(said, /\d{3}\s?[–-]\s?\d{3} BCE/)
  })

  await step('dark, and remembered', async () => {
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await ground()
    const button = page.getByRole('button', { name: /^(Appearance|Theme)/ })
    for (let i = 0; i < 3 && (await theme()) !== 'dark'; i += 1) await button.click()
    assert.equal(await theme(), 'dark')
    assert.notEqual(await ground(), light)
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Square hu with lotus and crane' }).waitFor()
    assert.equal(await theme(), 'dark')
  })
})
