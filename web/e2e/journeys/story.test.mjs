import assert from 'node:assert/strict'
import { join } from 'node:path'
import { Api, search } from '../lib/api.mjs'
import { desk, phone, screenshots } from '../lib/browser.mjs'
import { named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { sent } from '../lib/pictures.mjs'
import { until } from '../lib/server.mjs'
import { tone } from '../lib/sound.mjs'

const title = '旅程听泉'
const captions = 'WEBVTT\n\n00:00.000 --> 00:01.500\n第一句（模拟）\n\n00:01.500 --> 00:06.000\n第二句（模拟）\n\n00:06.000 --> 00:12.000\n第三句（模拟）\n'

/** A published story of the model area with a sound and its captions. */
async function told(api) {
  const area = (await api.get('/api/v1/areas?view=staff&org=demo-area')).body.items.find((a) => a.fields.name.zh === '示范景区') // another journey may have drawn up one
  const asset = await sent(api, 'demo-area', new File([tone(12)], 'tone.wav', { type: 'audio/wav' }))
  const { headers } = await api.get(`/api/v1/media/${asset}`)
  const kept = await fetch(`${api.url}/api/v1/media/${asset}/tracks/captions/zh`, {
    method: 'PUT', body: captions, headers: { ...api.headers, 'Content-Type': 'text/vtt', 'If-Match': headers.get('etag') },
  })
  assert.equal(kept.status, 204, await kept.text())
  const fields = { subject: { kind: 'area', id: area.id }, title: { zh: title }, text: { zh: '模拟的讲解。' }, order: 0, media: [{ assetId: asset, caption: { zh: '模拟的声音' } }], simulated: true }
  const made = await api.want('POST', '/api/v1/stories', { org: 'demo-area', fields })
  await api.want('POST', `/api/v1/stories/${made.body.id}/publish`, undefined, { 'If-Match': made.headers.get('etag') })
  return { id: made.body.id, area }
}

journey('a story is heard, read along and heard on while walking through the guide', async ({ server, open, step }) => {
  const story = await told(await Api.login(server, 'manager'))
  const page = await open(phone)
  const element = (of) => page.evaluate((key) => document.querySelector('video')[key], of)
  const cue = (words) => page.locator('[data-testid="transcript"] button', { hasText: words })
  const current = () => page.locator('[data-testid="transcript"] [aria-current="true"]').allInnerTexts()

  await step('nothing of the sound is fetched before the tap, and then by ranges', async () => {
    const asked = []
    page.on('request', (r) => r.url().endsWith('/content') && asked.push(r.url()))
    await page.goto(`/stories/${story.id}`)
    await cue('第一句').waitFor()
    assert.deepEqual(asked, [])
    const answer = page.waitForResponse((r) => r.url().endsWith('/content'))
    await named(page, 'player-toggle').tap()
    assert.equal((await answer).status(), 206)
    await until('the sound goes on', async () => (await element('currentTime')) > 0, 20)
    assert.equal(await page.evaluate(() => navigator.mediaSession.metadata.title), title)
  })

  await step('the words follow the sound, and a tap on one goes there', async () => {
    await until('the second words', async () => (await current())[0]?.startsWith('第二句'), 20)
    await page.screenshot({ path: join(screenshots, 'story-phone.png') })
    await cue('第三句').tap()
    await until('the third words', async () => (await current())[0]?.startsWith('第三句'), 20)
    assert.ok((await element('currentTime')) >= 6)
    await named(page, 'player-back').tap()
    await until('the beginning again', async () => (await element('currentTime')) < 6, 20)
  })

  await step('on another page it plays on, and leads back', async () => {
    await page.locator('.tabs a[href="/about"]').tap()
    await named(page, 'mini-player').waitFor()
    const before = await element('currentTime')
    await until('it plays on', async () => (await element('currentTime')) > before, 20)
    assert.equal(await element('paused'), false)
    await page.screenshot({ path: join(screenshots, 'story-mini-phone.png') })
    await page.locator('.tabs a[href="/map"]').tap()
    await page.locator('canvas').first().waitFor()
    await page.screenshot({ path: join(screenshots, 'story-mini-map.png') })
    // A film is shown by moving the element, and given back in the same way.
    await page.evaluate(() => {
      const video = document.querySelector('video')
      const home = video.parentElement
      document.body.append(video)
      home.append(video)
    })
    const moved = await element('currentTime')
    await until('a move does not stop it', async () => (await element('currentTime')) > moved, 20)
    await named(page, 'mini-player').locator('[data-testid="player-toggle"]').tap()
    await until('it pauses', () => element('paused'), 20)
    await named(page, 'mini-story').tap()
    await page.waitForURL(`**/stories/${story.id}`)
    await named(page, 'mini-player').waitFor({ state: 'detached' })
    await until('where it was', async () => (await named(page, 'player-toggle').getAttribute('aria-label')) === '播放' && (await element('currentTime')) > 0, 20)
    await page.locator('.tabs a[href="/about"]').tap()
    await named(page, 'mini-close').tap()
    await named(page, 'mini-player').waitFor({ state: 'detached' })
    assert.equal(await page.evaluate(() => navigator.mediaSession.metadata), null)
  })

  await step('the model area has one of its own, whose words say that nobody speaks', async () => {
    const found = await search(server, { kind: 'story', q: '钟声' })
    await until('the demo sound', async () => (await (await fetch(`${server.url}/api/v1/stories/${found.items[0].id}`)).json()).media?.length === 1)
    const demo = await open({ ...phone, locale: 'en-GB' })
    await demo.goto(`/stories/${found.items[0].id}`)
    await named(demo, 'player-toggle').tap()
    await until('it plays', () => demo.evaluate(() => document.querySelector('video').currentTime > 0), 20)
    await until('its words', async () => (await demo.locator('[data-testid="transcript"] [aria-current="true"]').allInnerTexts())[0]?.startsWith('Demo tones (synthesised), not a narration. Synthesised tone 1'), 20)
    assert.equal(await named(demo, 'player-remaining').innerText().then((at) => at.startsWith('−0:2')), true)
    await named(demo, 'story-audio').evaluate((player) => player.scrollIntoView({ block: 'center' }))
    await demo.screenshot({ path: join(screenshots, 'story-demo-phone.png') })
    await demo.context().close()
  })

  await step('at a desk it looks as it should', async () => {
    const wide = await open(desk)
    await wide.goto(`/stories/${story.id}`)
    await named(wide, 'player-toggle').click()
    await wide.locator('[data-testid="transcript"] [aria-current="true"]').waitFor()
    await wide.screenshot({ path: join(screenshots, 'story-desk.png') })
    await wide.locator('nav.wide a[href="/about"]').click()
    await named(wide, 'mini-player').waitFor()
    await wide.screenshot({ path: join(screenshots, 'story-mini-desk.png') })
  })
})
