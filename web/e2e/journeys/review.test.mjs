import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { desk } from '../lib/browser.mjs'
import { account, answered, draft, login, named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'

journey('nobody reviews the own work, and the past can be brought back', async ({ server, open, step }) => {
  await account(server, 'curator', ['registrar@demo-museum', 'reviewer@demo-museum'])
  const api = await Api.login(server, 'curator')
  const record = await draft(api, { name: { zh: '旅程兽面纹铜簋', en: 'Gui with masks' } })
  const page = await open(desk)
  const at = `/console/relics/${record.id}`

  await step('one’s own request cannot be approved on the screen', async () => {
    await login(page, 'curator', server.password)
    await page.goto(at)
    await answered(page, 'POST', /\/review$/, () => named(page, 'review-submit').click())
    await page.locator('[data-testid="review-state"][data-state="inReview"]').first().waitFor()
    await named(page, 'review-approve').waitFor()
    assert.ok(await named(page, 'review-approve').isDisabled(), 'the step is offered')
    assert.match(await page.locator('aside').innerText(), /本人/)
  })

  await step('nor by the API, which says why', async () => {
    const { headers } = await api.get(`/api/v1/relics/${record.id}?view=staff`)
    const answer = await api.send('POST', `/api/v1/relics/${record.id}/review`, { step: 'approve' }, { 'If-Match': headers.get('etag') })
    assert.equal(answer.status, 409)
    assert.equal(answer.body.code, 'heritage.own_request')
    assert.match(answer.body.detail, /另一位审核员/)
  })

  await step('another reviewer approves it', async () => {
    const other = await open(desk)
    await login(other, 'reviewer', server.password)
    await other.goto(at)
    await answered(other, 'POST', /\/review$/, () => named(other, 'review-approve').click())
    await other.locator('[data-testid="review-state"][data-state="reviewed"]').first().waitFor()
  })

  await step('a change makes it a draft again and stands in the history', async () => {
    await page.goto(at)
    await named(page, 'field-name.zh').fill('旅程误改的名称')
    await answered(page, 'PUT', /\/relics\//, () => named(page, 'record-save').click())
    await page.locator('[data-testid="review-state"][data-state="draft"]').first().waitFor()
    await named(page, 'history-tab').click()
    await named(page, 'history-4').waitFor()
    await named(page, 'history-1').waitFor()
  })

  await step('an older revision can be read and brought back', async () => {
    await named(page, 'view-3').click()
    await named(page, 'old-revision').waitFor()
    assert.equal(await named(page, 'field-name.zh').inputValue(), '旅程兽面纹铜簋')
    await named(page, 'history-tab').click()
    await named(page, 'history-3').locator('[data-testid="restore"]').click()
    await named(page, 'reason').fill('旅程：改错了')
    const answer = await answered(page, 'POST', /\/restore$/, () => named(page, 'reason-go').click())
    assert.equal(answer.status(), 200)
    await page.locator('[data-testid="record-title"]', { hasText: '旅程兽面纹铜簋' }).waitFor()
    const { body } = await api.get(`/api/v1/relics/${record.id}?view=staff`)
    assert.equal(body.rev, 5)
    assert.equal(body.fields.name.zh, '旅程兽面纹铜簋')
    const history = (await api.get(`/api/v1/relics/${record.id}/history`)).body.items
    assert.equal(history.length, 5, 'what was undone stays in the history')
  })
})
