import assert from 'node:assert/strict'
import { Api, search } from '../lib/api.mjs'
import { desk, phone } from '../lib/browser.mjs'
import { answered, choose, named, sitDown } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { picture } from '../lib/png.mjs'
import { until } from '../lib/server.mjs'

const file = (name, ...args) => ({ name, mimeType: 'image/png', buffer: picture(...args) })
const red = file('red.png', 640, 400, [176, 40, 30])
const green = file('green.png', 400, 640, [30, 92, 80])
const text = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') }

journey('every type of record is made from its form', async ({ server, open, step }) => {
  const page = await open(desk)
  const field = (path) => named(page, `field-${path}`)
  const fill = async (values) => {
    for (const [path, value] of Object.entries(values)) await field(path).fill(value)
  }
  const save = (plural) => answered(page, 'POST', new RegExp(`/api/v1/${plural}$`), () => named(page, 'record-save').click())
  /** Saves what lacks something: each message stands beside its field. */
  const refused = async (plural, said) => {
    assert.equal((await save(plural)).status(), 422)
    for (const [path, words] of Object.entries(said)) {
      await page.locator(`.field:has([data-testid="field-${path}"]) .error`, { hasText: words }).waitFor()
    }
    assert.equal(await page.locator('form .error').count(), Object.keys(said).length)
  }
  const saved = async (plural) => {
    const answer = await save(plural)
    assert.equal(answer.status(), 201, await answer.text())
    const record = await answer.json()
    await page.waitForURL(`**/console/${plural}/${record.id}`)
    assert.equal(record.fields.simulated, true, 'what an example organisation keeps says so')
    return record
  }
  const order = () => page.locator('[data-testid^="picture-"] img').evaluateAll((all) => all.map((img) => img.src))

  await sitDown(page, await Api.login(server, 'registrar'))
  await step('a museum, and it is removed again', async () => {
    await page.goto('/console/museums/new')
    await fill({ 'name.en': 'Museum of the journey' })
    await refused('museums', { 'name.zh': '必须填写中文名称' })
    assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'field-name.zh', 'the keyboard is led to the first refused field')
    await fill({ 'name.zh': '旅程新馆', phone: '0371-00000000' })
    await named(page, 'save-error').waitFor({ state: 'detached' })
    const { id } = await saved('museums')
    // Other journeys count on one museum in this house.
    await named(page, 'record-remove').click()
    await named(page, 'reason').fill('旅程：登记错了')
    const answer = await answered(page, 'DELETE', new RegExp(`/museums/${id}$`), () => named(page, 'reason-go').click())
    assert.equal(answer.status(), 204)
    await page.waitForURL('**/console/museums')
  })

  await step('a place in a museum', async () => {
    await page.goto('/console/places/new')
    await fill({ 'name.zh': '旅程库房三号柜', code: 'LC-3' })
    await refused('places', { museumId: '必须填写' })
    await choose(page, field('museumId'), '示范博物馆')
    await choose(page, field('kind'), '文物柜')
    await field('store').click()
    const { fields } = await saved('places')
    assert.deepEqual([fields.store, fields.code], [true, 'LC-3'])
  })

  await step('a site', async () => {
    await page.goto('/console/sites/new')
    await fill({ 'name.zh': '旅程石窟', 'division.city.zh': '示范市', 'location.lon': '113.6', 'location.lat': '134.8', 'location.precisionM': '500' })
    await choose(page, field('class'), '石窟寺及石刻')
    await choose(page, field('type'), '石窟寺')
    await refused('sites', { 'location.lat': '90' })
    await fill({ 'location.lat': '34.8' })
    const { fields } = await saved('sites')
    assert.equal(fields.type, 'grotto')
    assert.deepEqual([fields.class, fields.location.lat], ['grotto-carving', 34.8])
  })

  await step('a relic, with a list and pictures in an order of one’s own', async () => {
    await page.goto('/console/relics/new')
    await fill({ 'name.zh': '旅程双鱼盆', 'number.value': '表单0001' })
    await named(page, 'add-dimensions').click()
    await field('dimensions[0].valueMM').fill('12.5')
    await refused('relics', { 'number.kind': '必须填写', museumId: '编号在单位内唯一', 'dimensions[0].kind': '必须填写' })
    await choose(page, field('number.kind'), '藏品总登记号')
    await choose(page, field('museumId'), '示范博物馆', '示范博物馆')
    await choose(page, field('dimensions[0].kind'), '通高')
    await named(page, 'upload-file').setInputFiles([red, text, green])
    await page.getByRole('alert').filter({ hasText: '这不是 JPEG 或 PNG 图片' }).waitFor()
    await named(page, 'picture-1').locator('img').waitFor()
    await named(page, 'picture-0').locator('img').waitFor()
    const before = await order()
    await named(page, 'picture-1').locator('[data-testid="picture-up"]').click()
    assert.deepEqual(await order(), before.toReversed())
    const { fields } = await saved('relics')
    assert.equal(fields.dimensions[0].valueMM, 125)
    await named(page, 'picture-1').locator('img').waitFor()
    await named(page, 'picture-0').locator('img').waitFor()
    assert.deepEqual(await order(), before.toReversed(), 'the order is kept')
  })

  await sitDown(page, await Api.login(server, 'manager'))
  await step('an area', async () => {
    await page.goto('/console/areas/new')
    await fill({ 'name.en': 'Lake of the journey' })
    await refused('areas', { 'name.zh': '必须填写中文名称' })
    await fill({ 'name.zh': '旅程湖景区', minutes: '90' })
    await choose(page, field('grade'), '国家3A级旅游景区')
    const { fields } = await saved('areas')
    assert.deepEqual([fields.grade, fields.minutes], ['3A', 90])
  })

  let spot
  await step('a spot of an area, and it is published', async () => {
    await page.goto('/console/spots/new')
    await fill({ 'name.zh': '旅程观鱼桥', 'name.en': 'Fish bridge', 'description.zh': '桥上看鱼。' })
    await refused('spots', { areaId: '必须填写', kind: '必须填写' })
    await choose(page, field('areaId'), '示范景区')
    await choose(page, field('kind'), '景点')
    await named(page, 'upload-file').setInputFiles([green, red])
    await named(page, 'picture-1').locator('img').waitFor()
    await named(page, 'picture-1').locator('[data-testid="picture-up"]').click()
    await page.getByLabel('图片说明 中文').first().fill('桥的西面')
    spot = await saved('spots')
    await answered(page, 'POST', /\/publish$/, () => named(page, 'publish').click())
    await page.locator('[data-testid="publication-state"][data-state="published"]').first().waitFor()
  })

  await step('a story about it', async () => {
    await until('the search of the console finds the spot', async () => (await search(server, { q: '旅程观鱼桥' })).total === 1)
    await page.goto('/console/stories/new')
    await fill({ 'title.zh': '鱼从哪里来' })
    await refused('stories', { 'subject.kind': '必须填写', 'subject.id': '必须填写', 'text.zh': '必须填写' })
    await choose(page, field('subject.kind'), '景点')
    await choose(page, field('subject.id'), '旅程观鱼桥', '观鱼桥')
    await fill({ 'text.zh': '放生池的鱼，从前是僧人养的。\n\n如今有三百多尾。' })
    const story = await saved('stories')
    assert.deepEqual(story.fields.subject, { kind: 'spot', id: spot.id })
    await answered(page, 'POST', /\/publish$/, () => named(page, 'publish').click())
  })

  await step('the tourist sees the spot with its pictures in their order, and the story', async () => {
    const tourist = await open(phone)
    await tourist.goto(`/spots/${spot.id}`)
    await tourist.getByRole('heading', { level: 1, name: '旅程观鱼桥' }).waitFor()
    await tourist.getByText('桥的西面').first().waitFor()
    await tourist.getByText('模拟数据').first().waitFor()
    const shown = await tourist.locator('main img').first().getAttribute('src')
    assert.ok(shown.includes(spot.fields.images[0].assetId), 'the first picture is the title picture')
    await tourist.getByText('鱼从哪里来').click()
    await tourist.getByText('如今有三百多尾。').waitFor()
  })
})
