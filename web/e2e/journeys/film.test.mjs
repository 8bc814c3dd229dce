import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Api } from '../lib/api.mjs'
import { desk, phone, screenshots } from '../lib/browser.mjs'
import { answered, choose, named, sitDown } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { sent } from '../lib/pictures.mjs'
import { picture } from '../lib/png.mjs'
import { until } from '../lib/server.mjs'
import { tone } from '../lib/sound.mjs'

// A test card that counts twelve seconds, with a tone. It was made by
//   ffmpeg -f lavfi -i testsrc=size=320x180:rate=8:duration=12 -f lavfi -i sine=frequency=330:sample_rate=16000:duration=12
//     -map_metadata -1 -c:v libvpx-vp9 -crf 45 -b:v 0 -g 16 -threads 1 -c:a libopus -b:a 8k -ac 1 -fflags +bitexact film.webm
const film = readFileSync(join(import.meta.dirname, '../files/film.webm'))
const title = '旅程看泉'
const captions = {
  zh: 'WEBVTT\n\n00:00.000 --> 00:06.000\n第一句（模拟）\n\n00:06.000 --> 00:12.000 align:start\n<b>第二句</b>（模拟）\n',
  en: 'WEBVTT\n\n00:00.000 --> 00:06.000\nThe first words (simulated)\n\n00:06.000 --> 00:12.000\nThe second words (simulated)\n',
}

journey('a film is put into a story and watched, with its words on it', async ({ server, open, step }) => {
  const api = await Api.login(server, 'manager')
  let story, id

  await step('the film gets its captions in the library', async () => {
    const page = await open(desk)
    await sitDown(page, api)
    await page.goto('/console/media')
    await named(page, 'upload-file').setInputFiles([{ name: '旅程看泉.webm', mimeType: 'video/webm', buffer: film }])
    const card = page.locator('[data-testid^="asset-"][data-state="ready"]', { hasText: '旅程看泉.webm' })
    await card.click()
    await named(page, 'asset-played').waitFor()
    id = (await card.getAttribute('data-testid')).slice('asset-'.length)
    await named(page, 'track-text').fill(captions.zh)
    assert.equal((await answered(page, 'PUT', /\/tracks\/captions\/zh$/, () => named(page, 'track-save').click())).status(), 204)
    await page.getByRole('link', { name: /字幕/ }).first().waitFor()
    await until('its first picture', () => named(page, 'asset-played').evaluate((film) => film.readyState >= 2), 20)
    await page.screenshot({ path: join(screenshots, 'film-library.png') })
    const { headers, body } = await api.get(`/api/v1/media/${id}`)
    assert.deepEqual([body.type, body.width, body.height, Math.round(body.durationMs / 1000)], ['video', 320, 180, 12])
    const kept = await fetch(`${api.url}/api/v1/media/${id}/tracks/captions/en`, {
      method: 'PUT', body: captions.en, headers: { ...api.headers, 'Content-Type': 'text/vtt', 'If-Match': headers.get('etag') },
    })
    assert.equal(kept.status, 204)
  })

  await step('it comes into a story, which is published', async () => {
    const area = (await api.get('/api/v1/areas?view=staff&org=demo-area')).body.items.find((a) => a.fields.name.zh === '示范景区')
    const still = await sent(api, 'demo-area', new File([picture(1280, 960, [70, 110, 130])], 'still.png', { type: 'image/png' }))
    const fields = { subject: { kind: 'area', id: area.id }, title: { zh: title, en: 'Watching the spring' }, text: { zh: '模拟的讲解。' }, order: 0, images: [{ assetId: still, caption: { zh: '模拟的图片' } }], simulated: true }
    story = (await api.want('POST', '/api/v1/stories', { org: 'demo-area', fields })).body.id
    const page = await open(desk)
    await sitDown(page, api)
    await page.goto(`/console/stories/${story}`)
    await named(page, 'playable-pick').click()
    await choose(page, page.getByRole('dialog').locator('[data-testid="media-type"]'), '视频')
    await page.getByRole('dialog').locator(`[data-testid="asset-${id}"]`).click()
    await named(page, 'playable-0').waitFor()
    await answered(page, 'PUT', /\/stories\//, () => named(page, 'record-save').click())
    assert.equal((await answered(page, 'POST', /\/publish$/, () => named(page, 'publish').click())).status(), 200)
  })

  const page = await open(phone)
  const video = (of) => page.evaluate((key) => document.querySelector('video')[key], of)
  const over = () => page.evaluate(() => [...document.querySelector('video').textTracks].filter((t) => t.mode === 'showing').map((t) => [t.language, [...(t.activeCues ?? [])].map((c) => c.getCueAsHTML().textContent)]))
  const said = () => page.locator('[data-testid="transcript"] [aria-current="true"]').allInnerTexts()
  const asked = []

  await step('nothing of the film is fetched before the tap on its picture; then it plays, with its words over it', async () => {
    page.on('response', (r) => r.url().endsWith('/content') && asked.push([r.status(), r.request().headers().range]))
    await page.goto(`/stories/${story}`)
    await named(page, 'stage').locator('img').evaluate((img) => img.decode())
    await page.screenshot({ path: join(screenshots, 'film-still-phone.png') })
    assert.deepEqual(asked, [])
    assert.equal(await named(page, 'player-fill').isDisabled(), true)
    await named(page, 'stage').tap()
    await until('the film goes on', async () => (await video('currentTime')) > 0.5, 20)
    assert.deepEqual([await video('videoWidth'), await video('videoHeight'), await video('playsInline'), await video('autoplay'), await video('controls')], [320, 180, true, false, false])
    assert.match(await video('poster'), /\/iiif\/image\/3\//)
    assert.deepEqual(await over(), [['zh', ['第一句（模拟）']]])
    assert.deepEqual(await said(), ['第一句（模拟）'])
    await named(page, 'story-video').evaluate((player) => player.scrollIntoView({ block: 'center' }))
    await page.screenshot({ path: join(screenshots, 'film-phone.png') })
  })

  await step('a tap on later words goes there, and picture and captions follow', async () => {
    await page.locator('[data-testid="transcript"] button', { hasText: '第二句' }).tap()
    await until('the second words', async () => (await said())[0] === '第二句（模拟）', 20)
    await until('they are over the film', async () => JSON.stringify(await over()) === JSON.stringify([['zh', ['第二句（模拟）']]]), 20)
    assert.ok((await video('currentTime')) >= 6)
    await named(page, 'stage').click()
    await until('it pauses', () => video('paused'), 20)
    await page.screenshot({ path: join(screenshots, 'film-words-phone.png') })
    await named(page, 'captions-lang').selectOption('en')
    await until('they are in English', async () => JSON.stringify(await over()) === JSON.stringify([['en', ['The second words (simulated)']]]), 20)
    await named(page, 'captions-on').setChecked(false)
    await until('none are over it', async () => (await over()).length === 0, 20)
    assert.deepEqual(await said(), ['The second words (simulated)'])
    await named(page, 'captions-on').setChecked(true)
    assert.ok(asked.length > 0 && asked.every(([status, range]) => status === 206 && /^bytes=\d+-/.test(range)), JSON.stringify(asked))
  })

  await step('it fills the screen, with the controls of the browser, and comes back', async () => {
    await named(page, 'player-fill').tap()
    await until('the film fills the screen', () => page.evaluate(() => document.fullscreenElement === document.querySelector('video')), 20)
    await until('it has controls', () => video('controls'), 20)
    await page.screenshot({ path: join(screenshots, 'film-full-phone.png') })
    await page.evaluate(() => document.exitFullscreen())
    await until('they are gone again', async () => !(await video('controls')), 20)
  })

  await step('at a desk, in English', async () => {
    const wide = await open({ ...desk, locale: 'en-GB' })
    await wide.goto(`/stories/${story}`)
    await named(wide, 'stage').locator('img').evaluate((img) => img.decode())
    await wide.screenshot({ path: join(screenshots, 'film-still-desk.png') })
    await named(wide, 'stage').click()
    await wide.locator('[data-testid="transcript"] [aria-current="true"]').waitFor()
    await until('a picture', () => wide.evaluate(() => document.querySelector('video').currentTime > 1), 20)
    await wide.screenshot({ path: join(screenshots, 'film-desk.png'), fullPage: true })
  })

  await step('a seek far ahead of what has come asks for that part alone', async () => {
    const long = await sent(api, 'demo-area', new File([tone(600)], 'long.wav', { type: 'audio/wav' })) // 9.6 MB
    const of = (await api.get(`/api/v1/stories/${story}?view=staff`)).body.fields.subject
    const fields = { subject: of, title: { zh: '旅程听长泉' }, text: { zh: '模拟的讲解。' }, order: 0, media: [{ assetId: long }], simulated: true }
    const made = await api.want('POST', '/api/v1/stories', { org: 'demo-area', fields })
    await api.want('POST', `/api/v1/stories/${made.body.id}/publish`, undefined, { 'If-Match': made.headers.get('etag') })
    const ear = await open(phone)
    const parts = []
    ear.on('response', async (r) => r.url().endsWith('/content') && parts.push([r.status(), r.headers()['content-range']]))
    await ear.goto(`/stories/${made.body.id}`)
    await named(ear, 'player-toggle').tap()
    await until('it plays', () => ear.evaluate(() => document.querySelector('video').currentTime > 0), 20)
    await named(ear, 'player-progress').fill('590')
    await until('it plays from there', () => ear.evaluate(() => document.querySelector('video').currentTime > 590), 20)
    assert.equal(await named(ear, 'player-elapsed').innerText().then((at) => at.startsWith('9:5')), true)
    const from = parts.map(([status, range]) => (assert.equal(status, 206), Number(/^bytes (\d+)-/.exec(range)[1])))
    assert.equal(from[0], 0)
    assert.ok(from.some((at) => at > 9_000_000), String(from))
  })
})
