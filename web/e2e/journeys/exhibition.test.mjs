import assert from 'node:assert/strict'
import { Api, search } from '../lib/api.mjs'
import { desk, phone } from '../lib/browser.mjs'
import { answered, choose, draft, named, sitDown, step as take } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { until } from '../lib/server.mjs'

const title = '旅程灯烛特展'

journey('an exhibition is made, published by another, and leads a tourist to a relic', async ({ server, open, step }) => {
  const registrar = await Api.login(server, 'registrar')
  const reviewer = await Api.login(server, 'reviewer')
  const relics = {}
  for (const [key, zh] of [['lamp', '旅程雁鱼灯'], ['candle', '旅程朱雀灯'], ['hidden', '旅程未公开灯']]) {
    relics[key] = await draft(registrar, { name: { zh, en: `Lamp ${key}` } })
    if (key === 'hidden') continue
    await take(registrar, relics[key].id, 'review', 'submit')
    await take(reviewer, relics[key].id, 'review', 'approve')
    await take(reviewer, relics[key].id, 'publication', 'publish')
  }
  await until('the staff search knows the relics', async () => (await registrar.get(`/api/v1/search?view=staff&kind=relic&q=${encodeURIComponent('旅程 灯')}`)).body.total >= 3)
  const desks = { registrar: await open(desk), reviewer: await open(desk) }
  await sitDown(desks.registrar, registrar)
  await sitDown(desks.reviewer, reviewer)
  let id

  await step('a curator makes it with two sections', async () => {
    const page = desks.registrar
    await page.goto('/console/exhibitions/new')
    await named(page, 'field-title.zh').fill(title)
    await choose(page, named(page, 'field-kind'), '基本陈列')
    await choose(page, named(page, 'field-museumId'), '示范博物馆', '示范博物馆')
    for (const [i, zh] of ['照夜', '长明'].entries()) {
      await named(page, 'add-section').click()
      await named(page, `field-sections[${i}].title.zh`).fill(zh)
    }
    const pick = (section, zh) => choose(page, named(page, `pick-${section}`), new RegExp(`^${zh}`), zh)
    await pick(0, '旅程雁鱼灯')
    await pick(0, '旅程未公开灯')
    await pick(1, '旅程朱雀灯')
    assert.match(await named(page, 'sections').innerText(), /2 个单元，3 件展品/)
    const answer = await answered(page, 'POST', /\/exhibitions$/, () => named(page, 'record-save').click())
    assert.equal(answer.status(), 201)
    id = (await answer.json()).id
    await page.waitForURL(`**/console/exhibitions/${id}`)
    await named(page, 'hidden-items').waitFor()
    assert.match(await named(page, 'hidden-items').innerText(), /1 件未公开/)
  })

  await step('the keyboard changes the order, and keeps the focus', async () => {
    const page = desks.registrar
    const handle = named(page, 'item-0-0').locator('.handle')
    await handle.focus()
    await page.keyboard.press('Alt+ArrowDown')
    await named(page, 'item-0-1').getByText('旅程雁鱼灯').waitFor()
    assert.ok(await named(page, 'item-0-1').locator('.handle').evaluate((e) => e === document.activeElement), 'the focus stays behind')
    await named(page, 'section-0-down').click()
    await page.locator('[data-testid="section-1"] input').first().waitFor()
    assert.equal(await named(page, 'field-sections[0].title.zh').inputValue(), '长明')
    const answer = await answered(page, 'PUT', /\/exhibitions\//, () => named(page, 'record-save').click())
    const saved = (await answer.json()).fields.sections
    assert.deepEqual(saved.map((s) => s.items.map((it) => it.relicId)), [[relics.candle.id], [relics.hidden.id, relics.lamp.id]])
  })

  await step('another reviews and publishes it', async () => {
    await answered(desks.registrar, 'POST', /\/review$/, () => named(desks.registrar, 'review-submit').click())
    const page = desks.reviewer
    await page.goto(`/console/exhibitions/${id}`)
    await answered(page, 'POST', /\/review$/, () => named(page, 'review-approve').click())
    await page.locator('[data-testid="review-state"][data-state="reviewed"]').first().waitFor()
    await answered(page, 'POST', /\/publication$/, () => named(page, 'publish').click())
    await page.locator('.page-head [data-testid="publication-state"][data-state="published"]').waitFor()
    await until('the public search finds it', async () => (await search(server, { q: title, kind: 'exhibition', 'facet.status': 'permanent' })).total === 1)
  })

  await step('a tourist finds it, sees what is published and opens a relic, which tells of it', async () => {
    const page = await open(phone)
    await page.goto(`/search?q=${encodeURIComponent(title)}`)
    const found = page.locator('main ol a', { hasText: title }).first()
    await found.getByText('常设').waitFor()
    await found.click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await page.getByRole('heading', { level: 2, name: '照夜' }).waitFor()
    assert.ok(!(await page.locator('body').innerText()).includes('旅程未公开灯'), 'a draft is shown')
    await page.getByRole('link', { name: '旅程雁鱼灯' }).click()
    await page.getByRole('heading', { level: 1, name: '旅程雁鱼灯' }).waitFor()
    await page.locator('dl.facts a', { hasText: title }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
  })

  await step('the museum and the home page show that it is on', async () => {
    const page = await open(phone)
    await page.goto('/')
    await page.locator('section.shelf', { has: page.getByRole('heading', { name: '正在展出' }) }).getByText('常设').first().waitFor()
    const museum = (await search(server, { q: '示范博物馆', kind: 'museum' })).items[0]
    await page.goto(`/museums/${museum.id}`)
    await page.locator('section.shelf', { has: page.getByRole('heading', { name: '正在展出' }) }).getByText(title).first().waitFor()
  })
})
