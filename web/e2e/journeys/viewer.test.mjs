import assert from 'node:assert/strict'
import { join } from 'node:path'
import { Api } from '../lib/api.mjs'
import { desk, phone, screenshots } from '../lib/browser.mjs'
import { draft, step as take } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { setTerms, uploaded } from '../lib/pictures.mjs'
import { pixel } from '../lib/png.mjs'
import { until } from '../lib/server.mjs'

const red = [176, 58, 46]
const green = [46, 125, 90]

/** A published relic of the model museum with two pictures of the same thing. */
async function published(server) {
  const keeper = await Api.login(server, 'registrar')
  const images = []
  for (const [colour, zh, en] of [[red, '修复前', 'before restoration'], [green, '修复后', 'after restoration']]) {
    images.push({ assetId: await uploaded(keeper, colour), caption: { zh, en }, drawing: true })
  }
  await setTerms(keeper, images[0].assetId, { holder: { zh: '旅程示范馆', en: 'Museum of the journey' }, credit: { zh: '摄影：旅程组', en: 'Photo: journey' }, licence: 'http://creativecommons.org/licenses/by/4.0/', audience: 'public' })
  const relic = await draft(keeper, { name: { zh: '旅程对比铜镜', en: 'Mirror to compare' }, images })
  await take(keeper, relic.id, 'review', 'submit')
  await take(await Api.login(server, 'reviewer'), relic.id, 'review', 'approve')
  await take(await Api.login(server, 'reviewer'), relic.id, 'publication', 'publish')
  for (const { assetId } of images) await until('what the public gets', async () => (await keeper.get(`/api/v1/media/${assetId}`)).body.public)
  return relic.id
}

/** The colour of the page at a place. */
const colourAt = async (page, x, y) => pixel(await page.screenshot({ clip: { x, y, width: 2, height: 2 } }), 0, 0)
const like = (got, want) => got.every((v, i) => Math.abs(v - want[i]) < 24)

journey('a picture is held in the fingers, and two are compared', async ({ server, open, step }) => {
  const id = await published(server)
  const page = await open({ ...phone, deviceScaleFactor: 1 })
  const fingers = await page.context().newCDPSession(page)
  const touch = (type, points) => fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], i) => ({ x, y, id: i })) })
  const counted = page.locator('dialog .count')
  const finest = { coarse: Infinity }
  page.on('request', (request) => {
    const tile = /\/iiif\/image\/3\/[^/]+\/(?:full|\d+,\d+,(\d+),\d+)\/(\d+),/.exec(request.url())
    if (tile) finest.coarse = Math.min(finest.coarse, Number(tile[1] ?? 1600) / Number(tile[2]))
  })
  const canvas = page.getByTestId('zoom-canvas')
  const middle = async () => colourAt(page, 195, 422)

  await step('the viewer opens on the first picture', async () => {
    await page.goto(`/relics/${id}`)
    await page.getByRole('button', { name: '放大查看：旅程对比铜镜' }).click()
    await page.getByRole('button', { name: '放大', exact: true }).waitFor()
    await until('the first picture', async () => like(await middle(), red), 20)
    assert.match(await counted.innerText(), /第 1 幅，共 2 幅/)
  })

  await step('two fingers bring it nearer, two taps too', async () => {
    const before = finest.coarse
    assert.ok(before > 1, 'already at its finest')
    await touch('touchStart', [[170, 422], [220, 422]])
    for (let i = 1; i <= 12; i += 1) await touch('touchMove', [[170 - 10 * i, 422], [220 + 10 * i, 422]])
    await touch('touchEnd', [])
    await until('finer tiles after the pinch', () => finest.coarse < before, 20)
    const box = await canvas.boundingBox()
    assert.ok(box.height > 800, 'the picture does not fill the screen')
    await page.getByRole('button', { name: '还原' }).click()
    await until('the whole picture with the ground above it', async () => !like(await colourAt(page, 195, 200), red), 20)
    for (let i = 0; i < 2; i += 1) {
      await touch('touchStart', [[195, 422]])
      await touch('touchEnd', [])
    }
    await until('the picture over the ground', async () => like(await colourAt(page, 195, 200), red), 20)
  })

  await step('a finger drawn sideways turns to the second', async () => {
    await page.getByRole('button', { name: '还原' }).click()
    await until('the next picture', async () => {
      await touch('touchStart', [[320, 422]])
      for (let i = 1; i <= 8; i += 1) await touch('touchMove', [[320 - 25 * i, 422]])
      await touch('touchEnd', [])
      return /第 2 幅/.test(await counted.innerText())
    }, 20)
    await until('the second picture', async () => like(await middle(), green), 20)
  })

  await step('what is known of it stays within reach', async () => {
    await page.getByRole('button', { name: '说明' }).click()
    await page.getByTestId('zoom-details').getByText('修复后').waitFor()
    await page.screenshot({ path: join(screenshots, 'viewer-phone.png') })
    await page.getByRole('button', { name: '说明' }).click()
  })

  await step('whose it is stands below the picture and in the viewer, in the reader\'s language', async () => {
    for (const [lang, name, parts] of [['zh-CN', 'phone', ['摄影：旅程组', '权利人 旅程示范馆', 'CC BY 4.0']], ['en', 'desk', ['Photo: journey', 'Rights holder Museum of the journey', 'CC BY 4.0']]]) {
      const reader = await open({ ...(name === 'phone' ? phone : desk), locale: lang })
      await reader.goto(`/relics/${id}`)
      const below = reader.locator('figcaption').getByTestId('picture-credit')
      for (const part of parts) await below.getByText(part).first().waitFor()
      assert.equal(await below.getByRole('link').getAttribute('href'), 'http://creativecommons.org/licenses/by/4.0/')
      await reader.screenshot({ path: join(screenshots, `credit-${name}.png`) })
      await reader.locator('.zoom-image .open').click()
      await reader.locator('dialog [aria-expanded]').last().click()
      const inside = reader.getByTestId('zoom-details').getByTestId('picture-credit')
      for (const part of parts) await inside.getByText(part).first().waitFor()
      await reader.screenshot({ path: join(screenshots, `credit-viewer-${name}.png`) })
      await reader.context().close()
    }
  })

  await step('the curtain shows one left of it and the other right', async () => {
    await page.getByRole('button', { name: '对比两幅图像' }).click()
    const curtain = page.getByRole('slider')
    await curtain.waitFor()
    await until('both pictures', async () => like(await colourAt(page, 90, 422), green) && like(await colourAt(page, 300, 422), red), 20)
    await page.screenshot({ path: join(screenshots, 'viewer-curtain-phone.png') })
    const grip = await curtain.boundingBox()
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
    await page.mouse.down()
    await page.mouse.move(330, 422, { steps: 6 })
    await page.mouse.up()
    await until('the drawn curtain', async () => like(await colourAt(page, 290, 422), green), 20)
    assert.equal(await curtain.getAttribute('aria-valuenow'), String(Math.round((330 / 390) * 100)))
    await curtain.press('Home')
    await until('the curtain by key', async () => like(await colourAt(page, 60, 422), red), 20)
    await page.getByRole('button', { name: '对比两幅图像' }).click()
    await curtain.waitFor({ state: 'detached' })
  })

  await step('“back” closes the viewer and not the page', async () => {
    await page.goBack()
    await page.locator('dialog').waitFor({ state: 'detached' })
    assert.match(page.url(), new RegExp(`/relics/${id}$`))
  })

  await step('by keys on a desk', async () => {
    const wide = await open(desk)
    await wide.goto(`/relics/${id}`)
    await wide.getByRole('button', { name: '放大查看：旅程对比铜镜' }).press('Enter')
    await wide.getByRole('button', { name: '放大', exact: true }).waitFor()
    await wide.keyboard.press('PageDown')
    await wide.locator('dialog .count', { hasText: '第 2 幅' }).waitFor()
    await until('the second picture', async () => like(await colourAt(wide, 720, 450), green), 20)
    await wide.getByRole('button', { name: '对比两幅图像' }).press('Enter')
    await wide.getByRole('slider').press('ArrowRight')
    assert.equal(await wide.getByRole('slider').getAttribute('aria-valuenow'), '55')
    await until('both pictures', async () => like(await colourAt(wide, 500, 450), green) && like(await colourAt(wide, 1000, 450), red), 20)
    await wide.screenshot({ path: join(screenshots, 'viewer-curtain-desk.png') })
    await wide.keyboard.press('Escape')
    await wide.getByRole('slider').waitFor({ state: 'detached' })
    await wide.keyboard.press('Escape')
    await wide.locator('dialog').waitFor({ state: 'detached' })
  })
})
