import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { desk } from '../lib/browser.mjs'
import { answered, choose, login, named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'

journey('the past of a spot can be brought back', async ({ server, open, step }) => {
  const api = await Api.login(server, 'manager')
  const area = (await api.get('/api/v1/areas?view=staff&org=demo-area')).body.items[0]
  assert.ok(area, 'the model area is there')
  const fields = { areaId: area.id, name: { zh: '旅程观鹤亭', en: 'Crane pavilion' }, kind: 'sight', order: 0, simulated: true }
  const spot = (await api.want('POST', '/api/v1/spots', { org: 'demo-area', fields })).body
  const page = await open(desk)

  await step('what kinds of spot there are is told by the server', async () => {
    await login(page, 'manager', server.password)
    await page.goto(`/console/spots/${spot.id}`)
    await named(page, 'field-name.zh').fill('旅程误改的亭')
    await choose(page, named(page, 'field-kind'), '观景点')
    await answered(page, 'PUT', /\/spots\//, () => named(page, 'record-save').click())
    await page.locator('[data-testid="record-title"]', { hasText: '旅程误改的亭' }).waitFor()
  })

  await step('its first revision becomes the newest', async () => {
    await named(page, 'history-tab').click()
    await named(page, 'history-1').locator('[data-testid="restore"]').click()
    await named(page, 'reason').fill('旅程：改错了')
    const answer = await answered(page, 'POST', /\/restore$/, () => named(page, 'reason-go').click())
    assert.equal(answer.status(), 200)
    await page.locator('[data-testid="record-title"]', { hasText: '旅程观鹤亭' }).waitFor()
    const { body } = await api.get(`/api/v1/spots/${spot.id}?view=staff`)
    assert.deepEqual([body.rev, body.fields.name.zh, body.fields.kind], [3, '旅程观鹤亭', 'sight'])
    const [last] = (await api.get(`/api/v1/spots/${spot.id}/history`)).body.items
    assert.deepEqual([last.action, last.reason], ['spot.restore', '旅程：改错了'])
  })
})
