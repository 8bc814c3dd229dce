import assert from 'node:assert/strict'
import { Api, search } from '../lib/api.mjs'
import { desk, phone } from '../lib/browser.mjs'
import { answered, draft, named, sitDown } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { until } from '../lib/server.mjs'

const name = '旅程铜铃'

journey('records go through their three lives, one by one and many at once', async ({ server, open, step }) => {
  const registrar = await Api.login(server, 'registrar')
  const records = []
  for (const n of ['甲', '乙', '丙', '丁']) records.push(await draft(registrar, { name: { zh: name + n, en: `Bell ${n}` } }))
  const [first, , third, sentBack] = records
  const desks = { registrar: await open(desk), reviewer: await open(desk) }
  await sitDown(desks.registrar, registrar)
  await sitDown(desks.reviewer, await Api.login(server, 'reviewer'))
  const found = async (n) => until(`the public search finds ${n}`, async () => (await search(server, { q: name })).total === n)
  const line = (page, rec) => page.getByRole('row').filter({ has: named(page, `open-${rec.id}`) })
  const pick = async (page, list, ...chosen) => {
    await page.goto(`/console/relics?${list}`)
    for (const rec of chosen) await line(page, rec).locator('.el-checkbox').click()
  }
  /** Takes a step for what is picked; returns the report that the screen shows. */
  const take = async (page, what) => {
    await named(page, `bulk-${what}`).click()
    const report = page.getByRole('dialog').filter({ has: page.getByText('处理结果') })
    await report.waitFor()
    const said = await report.innerText()
    await page.keyboard.press('Escape')
    await report.waitFor({ state: 'hidden' })
    return said
  }
  const stateIs = (page, life, state) => page.locator(`.page-head [data-testid="${life}-state"][data-state="${state}"]`).waitFor()
  const because = async (page, reason) => {
    await named(page, 'reason').fill(reason)
    await named(page, 'reason-go').click()
  }

  await step('many are submitted from the list', async () => {
    await pick(desks.registrar, 'review=draft&sort=updated', ...records)
    assert.match(await take(desks.registrar, 'submit'), /完成 4 条，未完成 0 条/)
    for (const rec of records) await line(desks.registrar, rec).waitFor({ state: 'detached' })
  })

  await step('one is sent back, and its author reads why', async () => {
    await desks.reviewer.goto(`/console/relics/${sentBack.id}`)
    await named(desks.reviewer, 'review-sendBack').click()
    assert.ok(await named(desks.reviewer, 'reason-go').isDisabled(), 'a record is sent back without a word')
    await because(desks.reviewer, '请补充铃舌的照片')
    await stateIs(desks.reviewer, 'review', 'draft')
    await desks.registrar.goto(`/console/relics/${sentBack.id}`)
    await desks.registrar.locator('aside', { hasText: '请补充铃舌的照片' }).waitFor()
  })

  await step('the others are approved from the list of those that wait', async () => {
    await pick(desks.reviewer, 'review=inReview', ...records.slice(0, 3))
    assert.match(await take(desks.reviewer, 'approve'), /完成 3 条，未完成 0 条/)
  })

  await step('they are published at once; what was not reviewed is not, and the report names it', async () => {
    await pick(desks.reviewer, `q=${encodeURIComponent(name)}`, ...records)
    const report = await take(desks.reviewer, 'publish')
    assert.match(report, /完成 3 条，未完成 1 条/)
    assert.match(report, new RegExp(`${name}丁`))
    await found(3)
  })

  const tourist = await open(phone)
  await step('one is withdrawn with a reason, and the tourist finds it no longer', async () => {
    await tourist.goto(`/relics/${first.id}`)
    await tourist.getByRole('heading', { level: 1, name: `${name}甲` }).waitFor()
    await desks.reviewer.goto(`/console/relics/${first.id}`)
    await named(desks.reviewer, 'withdraw').click()
    await because(desks.reviewer, '来源待核')
    await stateIs(desks.reviewer, 'publication', 'withdrawn')
    await desks.reviewer.locator('aside', { hasText: '来源待核' }).waitFor()
    await found(2)
    await tourist.goto(`/search?q=${encodeURIComponent(name)}`)
    await tourist.locator('main ol a', { hasText: `${name}乙` }).waitFor()
    assert.equal(await tourist.locator('main ol a', { hasText: `${name}甲` }).count(), 0)
    const answer = tourist.waitForResponse((r) => new URL(r.url()).pathname === `/api/v1/relics/${first.id}`)
    await tourist.goto(`/relics/${first.id}`)
    assert.equal((await answer).status(), 404)
    await tourist.getByRole('heading', { name: '没有找到' }).waitFor()
    assert.ok(!(await tourist.locator('body').innerText()).includes('来源待核'))
  })

  await step('the ledger takes its voucher', async () => {
    const page = desks.registrar
    await page.goto(`/console/relics/${third.id}`)
    await named(page, 'ledger-held').click()
    await named(page, 'ledger-voucher').fill('入藏-旅程-001')
    const answer = await answered(page, 'POST', /\/ledger$/, () => because(page, '清点入藏'))
    assert.equal((await answer.json()).ledger.entry.voucher, '入藏-旅程-001')
    await page.locator('aside', { hasText: '凭证号 入藏-旅程-001' }).waitFor()
    await stateIs(page, 'publication', 'published')
  })

  await step('nothing leaves the ledger without its approval: what lacks is said beside the field', async () => {
    const page = desks.registrar
    await named(page, 'ledger-deaccessioned').click()
    const answer = await answered(page, 'POST', /\/ledger$/, () => because(page, '旅程：手续未齐'))
    assert.equal(answer.status(), 422)
    const dialog = page.getByRole('dialog')
    for (const label of ['批准单位', '批准文号', '批准日期']) await dialog.locator('.field', { has: page.locator('label', { hasText: label }) }).locator('.error').waitFor()
    assert.equal(await named(page, 'ledger-authority').getAttribute('aria-invalid'), 'true')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await named(page, 'history-tab').click()
    await page.getByText('账务 · 凭证号').waitFor()
  })
})
