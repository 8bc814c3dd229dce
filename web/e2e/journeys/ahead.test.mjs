import assert from 'node:assert/strict'
import { Api, search } from '../lib/api.mjs'
import { desk, phone } from '../lib/browser.mjs'
import { login, named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { until } from '../lib/server.mjs'

journey('what is expected of the model area, and why the index is what it is', async ({ server, open, step }) => {
  const area = (await search(server, { kind: 'area', q: '示范景区' })).items.find((hit) => hit.title.zh === '示范景区').id
  const manager = await Api.login(server, 'manager')
  const forecast = await until('a forecast', async () => {
    const { body } = await manager.get(`/api/v1/areas/${area}/crowd/forecast`)
    return body.madeAt ? body : undefined
  })

  await step('the forecast has quarters for six hours and hours for three days, with intervals', async () => {
    assert.ok(forecast.soon.length >= 20 && forecast.later.length >= 70, `${forecast.soon.length} and ${forecast.later.length}`)
    assert.equal(forecast.simulated, true)
    const open = forecast.later.filter((e) => e.inside)
    assert.ok(open.length > 20, 'no open hours in three days')
    for (const e of open) assert.ok(e.inside.low <= e.inside.expected && e.inside.expected <= e.inside.high)
    assert.ok(Math.max(...open.map((e) => e.inside.expected)) > 200, 'nobody is expected at any hour')
  })

  await step('the manager sees the index with its parts, the figures and the chart', async () => {
    const board = await open(desk)
    await login(board, 'manager', server.password)
    await board.goto('/console/board')
    await named(board, `board-${area}`).click()
    const index = named(board, 'index')
    await index.waitFor()
    assert.match(await index.innerText(), /权重/)
    await index.locator('summary').click()
    assert.match(await index.innerText(), /Steadman.*HJ 633-2012/s)
    await named(board, 'ahead-chart').waitFor()
    await named(board, 'ahead-days').click()
    assert.match(await named(board, 'ahead').innerText(), /八成可能的范围.*小时的统计/s)
    assert.match(await named(board, 'crowd-detail').innerText(), /空间：瞬时/)
  })

  await step('the guide shows the next hours and what the weather feels like', async () => {
    const guide = await open(phone)
    await guide.goto(`/areas/${area}`)
    await named(guide, 'comfort-next').waitFor()
    assert.match(await named(guide, 'comfort-next').innerText(), /不含天气/)
    assert.match(await named(guide, 'comfort-climate').innerText(), /体感 .* °C/)
  })
})
