import assert from 'node:assert/strict'
import { join } from 'node:path'
import { search } from '../lib/api.mjs'
import { desk, deskSize, phone, phoneSize } from '../lib/browser.mjs'
import { answered, login, named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { until } from '../lib/server.mjs'

const files = join(import.meta.dirname, '../files')
const horse = '演示旅程鎏金铜马'

// What is wrong or doubtful in the file, by line: the column (-1 the whole row) and words of the explanation.
const explained = {
  3: ['faulty', 2, '文物类别'],
  4: ['faulty', 9, '看不懂的日期'],
  5: ['faulty', 6, '看不懂的数量'],
  6: ['doubtful', 4, '没有换算成年份'],
  7: ['doubtful', 7, '没有单位'],
  8: ['doubtful', 8, '没有单位'],
  9: ['faulty', 1, '必须填写'],
  10: ['faulty', -1, '第 2 行'],
  11: ['doubtful', 6, '实际件数'],
  12: ['faulty', 10, '没有这个名称的收藏单位'],
}

journey('a curator imports a dirty file and a tourist finds what is published', async ({ server, open, step, note }) => {
  const page = await open(desk)
  // The counts follow the rows by one request.
  const counts = async (want) => {
    for (const [name, n] of Object.entries(want)) await named(page, `rows-${name}`).locator('b', { hasText: new RegExp(`^\\s*${n}\\s*$`) }).waitFor()
  }
  const handIn = async (file) => {
    await named(page, 'nav-imports').click()
    await page.waitForURL('**/console/imports')
    await named(page, 'import-file').setInputFiles(join(files, file))
    await page.waitForURL(/\/console\/imports\/[^/]+$/)
    await named(page, 'rows-all').waitFor()
    return (await page.request.get(`/api/v1/loads/${page.url().split('/').pop()}`)).json()
  }
  const state = (line) => named(page, `row-${line}`)
  const inState = (line, name) => page.locator(`[data-testid="row-${line}"][data-state="${name}"]`).waitFor()
  const mend = async (line, column, text) => {
    await named(page, `row-${line}-cell-${column}`).locator('button').click()
    const box = named(page, `row-${line}-cell-${column}`).locator('textarea')
    await box.fill(text)
    await answered(page, 'PATCH', new RegExp(`/rows/${line}$`), () => box.press('Enter'))
  }

  await step('the file in UTF-8 with a byte order mark is read and discarded', async () => {
    await login(page, 'registrar', server.password)
    const load = await handIn('dirty-bom.csv')
    assert.equal(load.org, 'demo-museum')
    await counts({ faulty: 6, doubtful: 4, ready: 2 })
    await named(page, 'load-undo').click()
    await named(page, 'reason').fill('旅程：同一份清单另有国标编码的一份')
    await named(page, 'reason-go').click()
    await page.locator('[data-testid="load-state"][data-state="undone"]').waitFor()
  })

  let load
  await step('the same rows in GB18030 are read alike', async () => {
    load = await handIn('dirty-gb18030.csv')
    assert.equal(load.encoding, 'GB18030')
    await counts({ faulty: 6, doubtful: 4, ready: 2 })
  })

  await step('every doubtful and every faulty row says why, at its cell', async () => {
    await named(page, 'rows-all').click()
    await state(13).waitFor()
    for (const [line, [kind, column, words]] of Object.entries(explained)) {
      await inState(line, kind)
      const place = column < 0 ? state(line).locator('th') : named(page, `row-${line}-cell-${column}`)
      await place.locator('.problem', { hasText: words }).first().waitFor()
    }
    for (const line of [2, 13]) {
      await inState(line, 'ready')
      assert.equal(await state(line).locator('.problem').count(), 0)
    }
  })

  await step('the whole grid is seen on a desk; on a phone a bar says that there is more and leads to it', async () => {
    const last = page.locator('thead th').last()
    const inside = () =>
      last.evaluate((th) => th.getBoundingClientRect().right <= th.closest('[data-scrolls]').getBoundingClientRect().right + 1)
    await last.waitFor()
    assert.ok(await inside(), 'the last column is cut')
    await page.setViewportSize(phoneSize)
    await named(page, 'table-wide').waitFor()
    assert.ok(!(await inside()))
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (let i = 0; i < 8; i += 1) await named(page, 'table-right').press('Enter')
    await page.locator('[data-testid="table-right"][aria-disabled="true"]').waitFor()
    assert.ok(await inside(), 'the last column cannot be reached')
    await page.setViewportSize(deskSize)
    await named(page, 'table-wide').waitFor({ state: 'detached' })
  })

  await step('two rows are mended, one doubt is accepted', async () => {
    await mend(3, 2, '铜器')
    await inState(3, 'ready')
    await mend(5, 6, '1件')
    await inState(5, 'ready')
    await answered(page, 'PATCH', /\/rows\/6$/, () => state(6).locator('[data-testid="row-accept"]').click())
    await inState(6, 'ready')
    await counts({ faulty: 4, doubtful: 3, ready: 5 })
  })

  await step('what is ready is written as drafts and submitted', async () => {
    await named(page, 'load-write').click()
    await page.locator('[data-testid="load-state"][data-state="closed"]').waitFor()
    await counts({ written: 5 })
    const answer = await answered(page, 'POST', /\/relics\/reviews$/, () => named(page, 'load-submit').click())
    assert.equal((await answer.json()).done, 5)
    assert.equal((await search(server, { q: horse })).total, 0, 'a draft is found by the public')
  })

  let published = 0
  await step('another person reviews and publishes one', async () => {
    const desk2 = await open(desk)
    await login(desk2, 'reviewer', server.password)
    await named(desk2, 'nav-relics').click()
    await named(desk2, 'list-search').fill(horse)
    await named(desk2, 'list-search').press('Enter')
    await desk2.getByRole('link', { name: horse }).click()
    await named(desk2, 'review-approve').click()
    await desk2.locator('[data-testid="review-state"][data-state="reviewed"]').first().waitFor()
    const answer = await answered(desk2, 'POST', /\/publication$/, () => named(desk2, 'publish').click())
    published = performance.now()
    assert.equal(answer.status(), 200)
    await desk2.locator('[data-testid="publication-state"][data-state="published"]').first().waitFor()
  })

  await step('the tourist finds it', async () => {
    const tourist = await open(phone)
    // The measure is taken beside the screen; a little less than what passed since the answer was read.
    await until('the public search finds it', async () => (await search(server, { q: horse })).total === 1)
    note(`found ${Math.round(performance.now() - published)} ms after the answer to the publication, browser included`)
    await tourist.goto(`/search?q=${encodeURIComponent(horse)}`)
    await tourist.locator('main ol a', { hasText: horse }).click()
    await tourist.getByRole('heading', { level: 1, name: horse }).waitFor()
    assert.equal((await search(server, { q: '演示旅程' })).total, 1, 'the other drafts of the file stay hidden')
  })
})
