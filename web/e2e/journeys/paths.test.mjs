import assert from 'node:assert/strict'
import { Api, search } from '../lib/api.mjs'
import { desk, phone } from '../lib/browser.mjs'
import { answered, choose, named, sitDown } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'

journey('a manager draws a walking path, and the tourist may walk it', async ({ server, open, step }) => {
  const manager = await Api.login(server, 'manager')
  const area = (await search(server, { kind: 'area', q: '示范景区' })).items[0].id
  const walked = async () => (await new Api(server.url).get(`/api/v1/areas/${area}/paths?limit=200`)).body.items
  const before = (await walked()).length
  const page = await open(desk)
  await sitDown(page, manager)
  const field = (path) => named(page, `field-${path}`)
  const said = (path, words) => page.locator(`.field:has([data-testid="field-${path}"]) .error`, { hasText: words }).waitFor()
  const save = () => answered(page, 'POST', /\/api\/v1\/paths$/, () => named(page, 'record-save').click())
  const sum = (n) => named(page, 'line-sum').filter({ hasText: `${n} 个点` }).waitFor()

  await step('the paths of an area stand on its plan and in a list', async () => {
    await page.goto('/console/')
    await named(page, 'nav-paths').click()
    await page.waitForURL(/\/console\/paths\?area=/) // that of the first area
    await choose(page, named(page, 'filter-area'), '示范景区', '示范景区')
    await page.waitForURL(`**/console/paths?area=${area}`)
    await named(page, 'paths-plan').locator('canvas').waitFor()
    const rows = named(page, 'record-table').locator('tbody tr')
    await rows.first().waitFor()
    assert.equal(await rows.count(), before)
    assert.match(await rows.first().innerText(), /示范·.+ — 示范·.+\d 米/s, 'a path without a name is called by its ends')
  })

  await step('what a new one lacks is said beside its fields', async () => {
    await named(page, 'record-new').click()
    await field('name.zh').fill('旅程小径')
    assert.equal((await save()).status(), 422)
    for (const path of ['fromSpot', 'toSpot', 'lengthM', 'precisionM']) await said(path, /./)
    await named(page, 'line-field').locator('.error').waitFor()
  })

  await step('two spots make a straight line with its length', async () => {
    await choose(page, field('fromSpot'), '示范·荷池', '荷池')
    await choose(page, field('toSpot'), '示范·茶室', '茶室')
    await sum(2)
    assert.ok(Number(await field('lengthM').inputValue()) > 50)
    assert.equal(await field('precisionM').inputValue(), '1000', 'as sure as the spots are')
  })

  await step('a point is added on the plan, moved by the keyboard and taken away', async () => {
    const straight = Number(await field('lengthM').inputValue())
    const canvas = await named(page, 'line-field').locator('canvas').boundingBox()
    await page.mouse.click(canvas.x + canvas.width / 2, canvas.y + 40)
    await sum(3)
    const bent = Number(await field('lengthM').inputValue())
    assert.ok(bent > straight, 'the length follows the line')
    await named(page, 'handle-1').press('Shift+ArrowUp')
    await page.waitForFunction((was) => Number(document.querySelector('[data-testid="field-lengthM"]').value) > was, bent)
    await page.waitForFunction(() => document.activeElement.dataset.testid === 'handle-1')
    await named(page, 'line-drop').click()
    await sum(2)
    assert.equal(Number(await field('lengthM').inputValue()), straight)
  })

  let typed
  await step('points are typed as well; what is none is named by its line', async () => {
    await named(page, 'line-field').locator('summary').click()
    const text = named(page, 'line-text')
    const [from, to] = (await text.inputValue()).split('\n')
    await text.fill(`${from}\n113.62\n${to}`)
    await text.blur()
    await named(page, 'line-field').locator('.error', { hasText: '第 2 行' }).waitFor()
    typed = { lon: 113.6205, lat: 34.8631 }
    await text.fill(`${from}\n${typed.lon}，${typed.lat}\n${to}`)
    await text.blur()
    await sum(3)
  })

  let path
  await step('steps bar wheelchairs, and no path is shorter than its ends are apart', async () => {
    const length = await field('lengthM').inputValue()
    await field('lengthM').fill('5')
    await field('steps').fill('12')
    await choose(page, field('accessible'), '可以通行')
    assert.equal((await save()).status(), 422)
    await said('lengthM', '小于两端的直线距离')
    await said('accessible', '有台阶的步道')
    await field('lengthM').fill(length)
    await choose(page, field('accessible'), '不能通行')
    const answer = await save()
    assert.equal(answer.status(), 201, await answer.text())
    path = await answer.json()
    await page.waitForURL(`**/console/paths/${path.id}`)
    assert.deepEqual([path.fields.line.length, path.fields.line[1], path.fields.steps], [3, typed, 12])
    assert.equal((await walked()).length, before, 'it is hidden at first')
  })

  await step('published, it is on the plan of the tourist', async () => {
    await answered(page, 'POST', /\/publish$/, () => named(page, 'publish').click())
    await page.locator('[data-testid="publication-state"][data-state="published"]').first().waitFor()
    assert.equal(await page.getByRole('link', { name: '游客看到的页面' }).getAttribute('href'), `/areas/${area}`)
    assert.equal((await walked()).find((p) => p.id === path.id).name.zh, '旅程小径')
    const tourist = await open(phone)
    await tourist.goto(`/areas/${area}`)
    await tourist.getByText(new RegExp(`(^|\\D)${before + 1} (段|条)`)).first().waitFor()
  })

  await step('who only reads areas sees it and changes nothing; who has none does not find the way', async () => {
    const reader = await open(desk)
    await sitDown(reader, await Api.login(server, 'dispatcher'))
    await reader.goto(`/console/paths?area=${area}`)
    await named(reader, `open-${path.id}`).click()
    await named(reader, 'line-sum').filter({ hasText: '3 个点' }).waitFor()
    assert.ok(await named(reader, 'field-steps').isDisabled())
    for (const id of ['record-save', 'withdraw', 'handle-1', 'line-drop']) assert.equal(await named(reader, id).count(), 0, id)
    await sitDown(reader, await Api.login(server, 'registrar'))
    await reader.goto('/console/')
    await named(reader, 'nav-relics').waitFor()
    assert.equal(await named(reader, 'nav-paths').count(), 0)
  })
})
