import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { desk, phone } from '../lib/browser.mjs'
import { answered, login, named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'

journey('what leaves under an order raises no alarm and leaves evidence', async ({ server, open, step }) => {
  const registrar = await Api.login(server, 'registrar')
  const keeper = await Api.login(server, 'keeper')
  const tags = (await keeper.get('/api/v1/positions?org=demo-museum&limit=200')).body.items
  const item = tags.find((p) => p.number === '演00013')
  assert.ok(item, 'the relic of the script bears no chip')
  let order
  let at

  await step('the registrar asks and the approver approves', async () => {
    const relic = (await registrar.get(`/api/v1/relics/${item.relicId}?view=staff`)).body
    const asked = await registrar.want('POST', '/api/v1/movements', {
      museumId: relic.fields.museumId, purpose: 'loan', relicIds: [item.relicId], reason: '旅程：借展', startsAt: new Date(Date.now() - 60_000).toISOString(),
      dueBack: new Date(Date.now() + 30 * 86_400_000).toISOString(), destination: { outside: true, text: '示范二馆（模拟）', borrower: '示范二馆（模拟）' },
    })
    order = asked.body
    at = `/console/movements/${order.id}`
    const page = await open(desk)
    await login(page, 'approver', server.password)
    await page.goto(at)
    await named(page, 'movement-approve').click()
    await answered(page, 'POST', /\/approve$/, () => named(page, 'reason-go').click())
    await page.locator('[data-testid="movement-state"][data-state="approved"]').waitFor()
  })

  await step('two persons hand it out, on a phone', async () => {
    const first = await open(phone)
    await login(first, 'keeper', server.password)
    await first.goto(at)
    await named(first, 'movement-hand-out').click()
    await named(first, `note-${item.relicId}`).fill('完好')
    await named(first, 'hand-checked').check()
    await answered(first, 'POST', /\/hand-out$/, () => named(first, 'hand-go').click())
    await first.locator('[data-testid="movement-state"][data-state="handingOut"]').waitFor()
    assert.equal(await named(first, 'movement-hand-out').count(), 0, 'the first may be the second')
    const second = await open(phone)
    await login(second, 'registrar', server.password)
    await second.goto(at)
    await named(second, 'movement-hand-out').click()
    await named(second, 'hand-checked').check()
    await answered(second, 'POST', /\/hand-out$/, () => named(second, 'hand-go').click())
    await second.locator('[data-testid="movement-state"][data-state="out"]').waitFor()
    await named(second, 'voucher-out').waitFor()
  })

  await step('it is carried out: silence, and the passage names the order', async () => {
    await server.command(['simulate', 'lawful-loan'])
    const told = (await keeper.get(`/api/v1/relics/${item.relicId}/timeline`)).body.items
    const passage = told.find((e) => e.kind === 'passage')
    assert.equal(passage?.movementId, order.id, JSON.stringify(told))
    assert.deepEqual(told.filter((e) => e.kind === 'alarm'), [])
  })
})
