import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { desk } from '../lib/browser.mjs'
import { answered, named, sitDown } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'

journey('a keeper tries a rule on what was measured, keeps it, and the next reading is an alarm', async ({ server, open, step }) => {
  const keeper = await Api.login(server, 'keeper')
  const zones = (await keeper.want('GET', '/api/v1/zones?org=demo-museum&limit=200')).body.items
  const hall = zones.find((z) => z.fields.name.zh === '示范三展厅')
  const device = `journey-rh-${Date.now()}`
  const channels = [{ name: 'rh', quantity: 'relative-humidity', unit: '%', min: 0, max: 100 }]
  await keeper.want('POST', '/api/v1/devices', { id: device, org: 'demo-museum', fields: { kind: 'instrument', name: { zh: '旅程湿度计' }, zoneId: hall.id, channels, simulated: true } })
  const { secret } = (await keeper.want('POST', `/api/v1/devices/${device}/secret`)).body
  const say = async (agoMinutes, value) => {
    const at = new Date(Date.now() - agoMinutes * 60_000).toISOString()
    const got = await fetch(`${server.url}/api/v1/capture/reading`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Basic ${Buffer.from(`${device}:${secret}`).toString('base64')}` },
      body: JSON.stringify({ at, channel: 'rh', value, unit: '%' }),
    })
    assert.equal(got.status, 200, await got.text())
  }
  const page = await open(desk)
  await sitDown(page, keeper)

  await step('what was measured is there', async () => {
    for (const [ago, value] of [[50, 52], [40, 66], [30, 71], [20, 53]]) await say(ago, value)
  })
  await step('the screen shows the rules of the house, and which sources nobody has checked', async () => {
    await page.goto('/console/rules')
    await page.getByText('示范二展厅湿度范围（纸质）').waitFor()
    await page.getByText('未核对').first().waitFor()
  })
  await step('what stands in a room proposes its limits, with sources', async () => {
    await named(page, 'limits-zone').click()
    await answered(page, 'GET', /\/limits$/, () => page.getByRole('option', { name: '示范一展厅', exact: true }).click())
    await named(page, 'limits-take').first().waitFor()
    await page.getByText('未核对原文').first().waitFor()
  })
  await step('the rule is tried and says what it would have done', async () => {
    await named(page, 'rule-new').click()
    await named(page, 'rule-zh').fill('旅程：湿度上限')
    await named(page, 'rule-high').fill('60')
    await named(page, 'rule-hold').fill('0')
    await named(page, 'rule-clear').fill('0')
    await named(page, 'rule-source').fill('旅程依据')
    await named(page, 'rule-zone').click()
    await page.getByRole('option', { name: '示范三展厅', exact: true }).click()
    await page.getByLabel('设备', { exact: true }).last().click({ force: true })
    await page.getByRole('option', { name: '旅程湿度计', exact: true }).last().click()
    await answered(page, 'POST', /\/rule-trials$/, () => named(page, 'rule-try').click())
    const said = await named(page, 'rule-tried').innerText()
    assert.match(said, /会报警 1 次（4 条数据）/)
    assert.match(said, /71/)
    assert.match(said, /模拟数据/)
  })
  await step('it is kept', async () => {
    const answer = await answered(page, 'POST', /\/api\/v1\/rules$/, () => named(page, 'rule-save').click())
    assert.equal(answer.status(), 201, await answer.text())
    await page.getByText('旅程：湿度上限').first().waitFor()
  })
  await step('the next reading is an alarm with what, where, how far and who must answer', async () => {
    await page.goto('/console/duty')
    await say(0, 68)
    const alarm = page.locator('button[data-kind="climate"][data-state="raised"]').first()
    await alarm.waitFor({ timeout: 30_000 })
    await alarm.click()
    const said = await named(page, 'alarm-detail').innerText()
    for (const part of ['环境异常', '示范三展厅', '模拟数据', device]) assert.ok(said.includes(part), `the alarm does not say ${part}: ${said}`)
    assert.match(await named(page, 'alarm-measure').innerText(), /68 % · 高于 60 %/)
    await named(page, 'alarm-answer-by').waitFor()
  })
  await step('it ends by itself', async () => {
    await say(0, 50)
    await page.locator('button[data-kind="climate"][data-state="raised"]').waitFor({ state: 'detached', timeout: 30_000 })
  })
})
