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
    const closed = (await index.getAttribute('data-state')) === 'closed' // at night: then there is no index to take apart
    assert.match(await index.innerText(), closed ? /未开放/ : /可信度.*权重/s)
    if (closed) assert.doesNotMatch(await index.innerText(), /可信度/)
    assert.match(await named(board, 'climate-k').innerText(), /暂无数据（日照时数：没有数据来源）/)
    await index.locator('summary').click()
    assert.match(await index.innerText(), /Steadman.*HJ 633-2012/s)
    await named(board, 'ahead-days').click() // of the next hours there is no chart at night
    await named(board, 'ahead-chart').waitFor()
    assert.match(await named(board, 'ahead').innerText(), /八成可能的范围.*小时的统计/s)
    assert.match(await named(board, 'crowd-detail').innerText(), /空间：瞬时/)
    assert.match(await named(board, 'watch-plan').innerText(), /应对预案/)
  })

  await step('who is on duty sees the same area with the next hours and the plan', async () => {
    const duty = await open(desk)
    await login(duty, 'manager', server.password)
    await duty.goto('/console/duty')
    const area1 = named(duty, `watch-area-${area}`)
    await area1.waitFor()
    for (const moment of ['watch-now', 'watch-15', 'watch-60', 'watch-180', 'watch-plan']) await area1.locator(`[data-testid="${moment}"]`).waitFor()
    assert.match(await area1.locator('[data-testid="watch-age"]').innerText(), /含模拟数据/)
  })

  await step('the guide shows the next hours and what the weather feels like', async () => {
    const guide = await open(phone)
    await guide.goto(`/areas/${area}`)
    await named(guide, 'comfort-next').waitFor()
    assert.match(await named(guide, 'comfort-next').innerText(), /不含天气/)
    assert.match(await named(guide, 'comfort-weather').innerText(), /体感 .* °C/)
  })
})
