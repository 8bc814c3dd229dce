import assert from 'node:assert/strict'
import { desk } from '../lib/browser.mjs'
import { answered, login, named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'

journey('a chip that leaves without an order is an alarm, and is answered to its end', async ({ server, open, step, note }) => {
  const page = await open(desk)
  let played
  let id

  await step('the duty screen shows the house before anything happens', async () => {
    await login(page, 'dispatcher', server.password)
    await page.goto('/console/duty')
    await named(page, 'duty-unanswered').waitFor()
    await named(page, 'floor-plan').waitFor()
  })

  await step('the alarm comes while the chip passes the exit, with where, what, how sure and who must answer by when', async () => {
    played = server.command(['simulate', 'theft'])
    const alarm = page.locator('button[data-kind="exit"][data-state="raised"]').first()
    await alarm.waitFor({ timeout: 60_000 })
    assert.match(await alarm.innerText(), /模拟数据/)
    id = (await alarm.getAttribute('data-testid')).replace('alarm-', '')
    await alarm.click()
    const detail = named(page, 'alarm-detail')
    await detail.getByText('示范正门出口').first().waitFor()
    const said = await detail.innerText()
    for (const part of ['演示·', '没有准许', '一级', '模拟数据']) assert.ok(said.includes(part), `the alarm does not say ${part}: ${said}`)
    await named(page, 'alarm-answer-by').waitFor()
    const { body } = await answer(page, id)
    const late = Date.parse(body.raisedAt) - Date.parse(body.occurredAt)
    note(`raised ${late} ms after the portal saw it`)
  })

  await step('the dispatcher takes it and finds a true alarm', async () => {
    await answered(page, 'POST', /\/acknowledge$/, () => named(page, 'alarm-acknowledge').click())
    await named(page, 'verdict-true').click()
    await named(page, 'alarm-reference').fill('旅程-2026-001')
    await named(page, 'alarm-note').fill('旅程：现场核实')
    await answered(page, 'POST', /\/verify$/, () => named(page, 'alarm-verify').click())
    await page.locator('[data-testid="alarm-detail"][data-state="verified"]').waitFor()
    assert.match(await named(page, 'alarm-verdict').innerText(), /真警.*旅程-2026-001/s)
  })

  await step('another person closes it', async () => {
    const other = await open(desk)
    await login(other, 'approver', server.password)
    await other.goto(`/console/duty?alarm=${id}`)
    await named(other, 'alarm-note').fill('旅程：已追回')
    await answered(other, 'POST', /\/resolve$/, () => named(other, 'alarm-resolve').click())
    await other.locator('[data-testid="alarm-detail"][data-state="resolved"]').waitFor()
    await page.locator(`[data-testid="alarm-${id}"]`).waitFor({ state: 'detached' })
    await played
  })
})

/** What the API says of an alarm, read with the session of the page. */
async function answer(page, id) {
  return page.evaluate(async (alarm) => {
    const got = await fetch(`/api/v1/alarms/${alarm}`)
    return { status: got.status, body: await got.json() }
  }, id)
}
