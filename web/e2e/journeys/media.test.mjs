import assert from 'node:assert/strict'
import { join } from 'node:path'
import { Api } from '../lib/api.mjs'
import { desk, phoneSize, screenshots } from '../lib/browser.mjs'
import { answered, choose, draft, named, sitDown, step as take } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { picture } from '../lib/png.mjs'
import { tone } from '../lib/sound.mjs'
import { until } from '../lib/server.mjs'

const file = (name, buffer) => ({ name, mimeType: 'image/png', buffer })

journey('pictures are sent in bulk, put in order and given their rights', async ({ server, open, step }) => {
  const api = await Api.login(server, 'registrar')
  const page = await open(desk)
  await sitDown(page, api)
  const cards = page.locator('[data-testid^="asset-"]')
  const card = (name) => cards.filter({ hasText: name })
  const ids = {}

  await step('several at once, and each that cannot be taken says why', async () => {
    await page.goto('/console/media')
    await named(page, 'upload-file').setInputFiles([
      file('旅程-正面.png', picture(1200, 900, [170, 120, 60])),
      file('旅程-背面.png', picture(900, 1200, [60, 90, 120])),
      file('旅程-截断.png', picture(1200, 900, [1, 2, 3]).subarray(0, 300)),
      file('旅程-文字.png', Buffer.from('no picture at all')),
    ])
    await card('旅程-正面.png').waitFor()
    await card('旅程-背面.png').waitFor()
    const refused = page.locator('[data-testid="upload-one"][data-state="refused"]')
    await until('both refusals', async () => (await refused.count()) === 2, 20)
    assert.match(await refused.filter({ hasText: '旅程-截断.png' }).getByRole('alert').innerText(), /不完整|截断|损坏/)
    assert.match(await refused.filter({ hasText: '旅程-文字.png' }).getByRole('alert').innerText(), /JPEG/)
    for (const name of ['旅程-正面.png', '旅程-背面.png']) {
      await page.locator(`[data-testid^="asset-"][data-state="ready"]`, { hasText: name }).waitFor()
      ids[name] = (await card(name).getAttribute('data-testid')).slice('asset-'.length)
    }
    await page.screenshot({ path: join(screenshots, 'media-library.png') })
    for (const name of ['旅程-截断.png', '旅程-文字.png']) await refused.filter({ hasText: name }).locator('[data-testid="upload-remove"]').click()
  })

  await step('they are found again by name', async () => {
    await named(page, 'media-q').fill('背面')
    await page.keyboard.press('Enter')
    await until('only the one', async () => (await cards.count()) === 1, 20)
    assert.match(await cards.first().innerText(), /旅程-背面/)
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Enter')
    await card('旅程-正面.png').waitFor()
  })

  await step('holder, credit and licence are written', async () => {
    await card('旅程-正面.png').click()
    await named(page, 'terms-holder-zh').fill('示范博物馆（模拟）')
    await named(page, 'terms-credit-zh').fill('示意图，旅程')
    await choose(page, named(page, 'terms-licence'), 'CC BY 4.0')
    await answered(page, 'PUT', /\/terms$/, () => named(page, 'terms-save').click())
    const { body } = await api.get(`/api/v1/media/${ids['旅程-正面.png']}`)
    assert.equal(body.terms.licence, 'http://creativecommons.org/licenses/by/4.0/')
    assert.equal(body.terms.holder.zh, '示范博物馆（模拟）')
    assert.match(await named(page, 'asset-public').innerText(), /没有已公开的记录/)
    await page.screenshot({ path: join(screenshots, 'media-terms.png') })
    await page.keyboard.press('Escape')
  })

  let relic
  await step('a record takes them from the library, and their order is drawn by hand', async () => {
    relic = await draft(api, { name: { zh: '旅程图录铜镜' } })
    await page.goto(`/console/relics/${relic.id}`)
    for (const name of ['旅程-正面.png', '旅程-背面.png']) {
      await named(page, 'image-pick').click()
      await page.getByRole('dialog').locator('[data-testid^="asset-"]', { hasText: name }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await named(page, 'picture-1').waitFor()
    await named(page, 'picture-1').getByRole('button', { name: /放大查看/ }).dragTo(named(page, 'picture-0'))
    await named(page, 'picture-0').getByRole('textbox').first().fill('背面')
    await answered(page, 'PUT', /\/relics\//, () => named(page, 'record-save').click())
    const { body } = await api.get(`/api/v1/relics/${relic.id}?view=staff`)
    assert.deepEqual(body.fields.images.map((i) => i.assetId), [ids['旅程-背面.png'], ids['旅程-正面.png']])
    assert.equal(body.fields.images[0].caption.zh, '背面')
    await page.screenshot({ path: join(screenshots, 'media-order.png'), fullPage: true })
  })

  await step('the rules of the house decide what the public gets of it', async () => {
    await take(api, relic.id, 'review', 'submit')
    await take(await Api.login(server, 'reviewer'), relic.id, 'review', 'approve')
    await take(await Api.login(server, 'reviewer'), relic.id, 'publication', 'publish')
    await page.goto('/console/media')
    await page.getByRole('tab', { name: '公开规则' }).click()
    const rules = page.locator('[data-testid^="rule-"].panel')
    await rules.first().waitFor()
    await named(page, 'rule-add').click()
    const last = rules.last()
    await last.locator('[data-testid="rule-name-zh"]').fill('旅程规则')
    await last.locator('[data-testid="rule-watermark"]').fill('旅程水印')
    await named(page, 'policy-reason').fill('旅程：试行')
    while ((await rules.first().locator('[data-testid="rule-name-zh"]').inputValue()) !== '旅程规则') {
      const at = await rules.evaluateAll((list) => list.findIndex((r) => r.querySelector('[data-testid="rule-name-zh"]').value === '旅程规则'))
      await rules.nth(at).getByRole('button', { name: '上移' }).click()
    }
    const answer = await answered(page, 'PUT', /\/policies\//, () => named(page, 'policy-save').click())
    assert.equal(answer.status(), 200)
    await page.screenshot({ path: join(screenshots, 'media-policy.png'), fullPage: true })
    await page.getByRole('tab', { name: '资料', exact: true }).click()
    await card('旅程-正面.png').click()
    await named(page, 'asset-public').getByText('旅程水印').waitFor()
    await until('the marked form', async () => (await api.get(`/api/v1/media/${ids['旅程-正面.png']}`)).body.public, 30)
  })

  await step('what a published record shows is not changed or removed in silence', async () => {
    await page.reload() // its revision of now: the marked form has been made meanwhile
    await named(page, 'terms-credit-zh').fill('改了署名')
    await answered(page, 'PUT', /\/terms$/, () => named(page, 'terms-save').click())
    await named(page, 'terms-error').or(page.getByRole('alert').filter({ hasText: '原因' })).first().waitFor()
    await named(page, 'asset-remove').click()
    await named(page, 'reason').fill('旅程')
    await answered(page, 'DELETE', /\/media\//, () => named(page, 'reason-go').click())
    await page.getByRole('alert').filter({ hasText: /使用|公开/ }).first().waitFor()
    await page.keyboard.press('Escape')
  })

  await step('a sound gets its captions and comes into a story', async () => {
    const manager = await Api.login(server, 'manager')
    const desktop = await open(desk)
    await sitDown(desktop, manager)
    await desktop.goto('/console/media')
    await named(desktop, 'upload-file').setInputFiles([{ name: '旅程提示音.wav', mimeType: 'audio/wav', buffer: tone(6) }])
    const sound = desktop.locator('[data-testid^="asset-"][data-state="ready"]', { hasText: '旅程提示音.wav' })
    await sound.click()
    await named(desktop, 'asset-played').waitFor()
    await named(desktop, 'track-text').fill('WEBVTT\n\n00:00.000 --> 00:0x.000\n错的时间\n')
    await answered(desktop, 'PUT', /\/tracks\//, () => named(desktop, 'track-save').click())
    await desktop.getByRole('alert').filter({ hasText: '3：' }).first().waitFor()
    await named(desktop, 'track-text').fill('WEBVTT\n\n00:00.000 --> 00:03.000\n第一句\n')
    assert.equal((await answered(desktop, 'PUT', /\/tracks\//, () => named(desktop, 'track-save').click())).status(), 204)
    await desktop.getByRole('link', { name: /字幕/ }).waitFor()
    await desktop.screenshot({ path: join(screenshots, 'media-tracks.png') })
    const id = (await manager.get('/api/v1/media?org=demo-area&type=audio')).body.items[0].id
    const area = (await manager.get('/api/v1/areas?view=staff&org=demo-area')).body.items[0]
    const fields = { subject: { kind: 'area', id: area.id }, title: { zh: '旅程配音讲解' }, text: { zh: '一段讲解。' }, order: 0, simulated: true }
    const story = (await manager.want('POST', '/api/v1/stories', { org: 'demo-area', fields })).body
    await desktop.goto(`/console/stories/${story.id}`)
    await named(desktop, 'playable-pick').click()
    await desktop.getByRole('dialog').locator(`[data-testid="asset-${id}"]`).click()
    await named(desktop, 'playable-0').waitFor()
    await answered(desktop, 'PUT', /\/stories\//, () => named(desktop, 'record-save').click())
    assert.deepEqual((await manager.get(`/api/v1/stories/${story.id}?view=staff`)).body.fields.media.map((m) => m.assetId), [id])
    await desktop.screenshot({ path: join(screenshots, 'story-media-form.png'), fullPage: true })
  })

  await step('on a phone', async () => {
    const phone = await open({ ...desk, viewport: phoneSize })
    await sitDown(phone, api)
    await phone.goto('/console/media')
    await phone.locator('[data-testid^="asset-"]').first().waitFor()
    await phone.screenshot({ path: join(screenshots, 'media-library-phone.png') })
  })
})
