import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Api } from '../lib/api.mjs'
import { desk } from '../lib/browser.mjs'
import { named, sitDown } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { picture } from '../lib/planning.mjs'

journey('staff save a search, share it and take its list with them', async ({ server, open, step }) => {
  const registrar = await Api.login(server, 'registrar')
  const reviewer = await Api.login(server, 'reviewer')
  const manager = await Api.login(server, 'manager')
  const name = `旅程检索 ${Date.now()}`
  const page = await open(desk)
  await sitDown(page, registrar)

  await step('a question by words, kind and facet', async () => {
    await page.goto('/console/search')
    await named(page, 'search-words').locator('input').or(named(page, 'search-words')).first().fill('铜')
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('q') === '铜')
    await named(page, 'kind-relic').click()
    await named(page, 'facet-org').getByRole('button', { name: /示范博物馆（模拟）/ }).first().click()
    await page.waitForURL((url) => url.searchParams.get('facet.org') === 'demo-museum' && url.searchParams.get('kind') === 'relic')
    await named(page, 'search-table').locator('mark').first().waitFor()
    await named(page, 'search-table').getByText('示范博物馆（模拟）').first().waitFor() // whose record it is
  })

  await step('names come while one types, by their sound too, and a key opens one', async () => {
    const words = named(page, 'search-words').locator('input').or(named(page, 'search-words')).first()
    const before = page.url()
    await words.fill('')
    await words.pressSequentially('yunwentong')
    const first = named(page, 'search-names').getByRole('option').first()
    await first.getByText('云纹铜禁').waitFor()
    await picture(page, 'console-names-desk')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/console\/relics\//)
    await page.goto(before)
    await named(page, 'search-table').locator('mark').first().waitFor()
  })

  await step('an age narrows it, with its count, and what has a place', async () => {
    const age = named(page, 'ages').getByRole('button').first()
    const counted = (await age.locator('.n').innerText()).replace(/\D/g, '')
    await age.click()
    await page.waitForURL((url) => /^-?\d+\.\.-?\d*$/.test(url.searchParams.get('period') ?? ''))
    await named(page, 'search-total').getByText(new RegExp(`^${counted} `)).waitFor()
    await named(page, 'search-placed').click()
    await page.waitForURL((url) => url.searchParams.get('placed') === 'true')
    await named(page, 'ages').getByRole('button', { pressed: true }).click()
    await page.waitForURL((url) => !url.searchParams.has('period'))
  })

  await step('is saved for oneself, and colleagues do not see it', async () => {
    await named(page, 'search-save').click()
    await named(page, 'saved-name').fill(name)
    await named(page, 'saved-save').click()
    await named(page, 'saved-list').getByRole('link', { name }).waitFor()
    const shared = (await reviewer.get('/api/v1/saved-searches?whose=shared&org=demo-museum')).body.items
    assert.ok(!shared.some((s) => s.fields.name === name))
  })

  await step('is shared in the house, and nowhere else', async () => {
    const row = named(page, 'saved-list').locator('li', { hasText: name })
    await row.locator('[data-testid="saved-change"]').click()
    await named(page, 'saved-shared').click()
    await named(page, 'saved-save').click()
    await row.getByText('已共享').waitFor()
    const [mine] = (await registrar.get('/api/v1/saved-searches')).body.items.filter((s) => s.fields.name === name)
    assert.ok((await reviewer.get('/api/v1/saved-searches?whose=shared&org=demo-museum')).body.items.some((s) => s.id === mine.id && !s.mine))
    assert.equal((await manager.send('GET', `/api/v1/saved-searches/${mine.id}`)).status, 404)
  })

  await step('is asked anew by whom it is opened', async () => {
    await page.goto('/console/search')
    await named(page, 'saved-list').getByRole('link', { name }).click()
    await page.waitForURL((url) => url.searchParams.get('q') === '铜' && url.searchParams.get('facet.org') === 'demo-museum' && url.searchParams.get('placed') === 'true')
  })

  const exports = async () => (await registrar.get('/api/v1/audit?org=demo-museum&limit=50')).body.items.filter((e) => e.action === 'search.export')
  await step('its list leaves as a file, and the audit trail says so', async () => {
    const before = (await exports()).length
    await named(page, 'search-table').waitFor()
    const total = Number((await named(page, 'search-total').innerText()).replace(/\D/g, ''))
    const [file] = await Promise.all([page.waitForEvent('download'), named(page, 'export-csv').click()])
    const text = readFileSync(await file.path(), 'utf8')
    assert.ok(text.startsWith('\uFEFF'), 'no byte order mark')
    assert.match(text, /^\uFEFF.*名称/)
    assert.ok(!/河南文物公开资料/.test(text))
    const [book] = await Promise.all([page.waitForEvent('download'), named(page, 'export-xlsx').click()])
    assert.equal(readFileSync(await book.path()).subarray(0, 2).toString(), 'PK')
    const told = await exports()
    assert.equal(told.length - before, 2)
    assert.match(told[0].reason, new RegExp(`^${total}/${total} (csv|xlsx): .*q=铜`))
  })

  await step('and is removed', async () => {
    const row = named(page, 'saved-list').locator('li', { hasText: name })
    await row.locator('[data-testid="saved-remove"]').click()
    await named(page, 'saved-remove-go').click()
    await row.waitFor({ state: 'detached' })
  })
})
