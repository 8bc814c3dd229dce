import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { search } from '../lib/api.mjs'
import { desk, phone } from '../lib/browser.mjs'
import { login, named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { Api } from '../lib/api.mjs'
import { until } from '../lib/server.mjs'

// As holiday-rush, only faster.
const rush = 'title 旅程高峰 / A rush\nseed 3\nfor 30s\nheartbeat 5s\ngate * in 6000/min from 1s until 25s\n'

/** The model area keeps hours, and nobody is counted in a closed one: for the journey it is open at any hour. */
async function openAllDay(api, area) {
  const path = `/api/v1/areas/${area}`
  const { body, headers } = await api.get(`${path}?view=staff`)
  const hours = { seasons: [{ name: {}, week: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '23:59' }] }], note: {}, source: body.fields.visiting?.hours?.source ?? {} }
  const put = await api.want('PUT', path, { fields: { ...body.fields, visiting: { ...body.fields.visiting, hours } } }, { 'If-Match': headers.get('etag') })
  await api.want('POST', `${path}/publish`, undefined, { 'If-Match': put.headers.get('etag') })
}

journey('a rush at the gates changes the level on the board and in the guide', async ({ server, open, step }) => {
  const area = (await search(server, { kind: 'area', q: '示范景区' })).items.find((hit) => hit.title.zh === '示范景区').id
  await openAllDay(await Api.login(server, 'manager'), area)
  const board = await open(desk)
  const guide = await open(phone)
  let played

  await step('before it the area is not crowded, and both say what it is compared with', async () => {
    await login(board, 'manager', server.password)
    await board.goto('/console/board')
    await board.locator(`[data-testid="board-${area}"][data-state="live"]`).waitFor({ timeout: 90_000 })
    assert.match(await named(board, 'crowd-detail').innerText(), /核定瞬时最大承载量.*示范主管部门/s)
    await guide.goto(`/areas/${area}`)
    const panel = named(guide, 'comfort-panel')
    await panel.waitFor()
    assert.ok(!['crowded', 'packed'].includes(await panel.getAttribute('data-level')), 'crowded before the rush')
    assert.match(await panel.innerText(), /模拟数据.*核定瞬时最大承载量 2,000 人/s)
  })

  await step('the level climbs on the board by itself, then in the guide', async () => {
    const script = join(mkdtempSync(join(tmpdir(), 'yijianyou-rush-')), 'rush.txt')
    writeFileSync(script, rush)
    played = server.command(['simulate', script])
    await board.locator(`[data-testid="board-${area}"][data-level="packed"]`).waitFor({ timeout: 60_000 })
    assert.match(await named(board, 'crowd-detail').innerText(), /停止售检票/)
    await guide.locator('[data-testid="comfort-panel"][data-level="packed"]').waitFor({ timeout: 60_000 })
    assert.match(await named(guide, 'comfort-panel').innerText(), /严重拥挤/)
    await played
  })

  await step('a count by hand corrects the number inside', async () => {
    await named(board, `board-${area}`).click()
    await named(board, 'crowd-correct').click()
    await named(board, 'crowd-inside').fill('120')
    await named(board, 'reason').fill('旅程：清场后清点')
    await named(board, 'reason-go').click()
    await board.locator(`[data-testid="board-${area}"]:not([data-level="packed"])`).waitFor()
    await guide.locator('[data-testid="comfort-panel"]:not([data-level="packed"])').waitFor({ timeout: 60_000 })
  })

  await step('a device under another’s name is refused and stands on the list', async () => {
    await server.command(['simulate', 'impostor'])
    await board.goto('/console/devices')
    await named(board, 'refusal-foreign-topic').first().waitFor()
    const manager = await Api.login(server, 'manager')
    const list = await until('the refusal', async () => (await manager.get('/api/v1/refusals?org=demo-area')).body.items.find((r) => r.kind === 'foreign-topic'))
    assert.equal(list.device, 'demo-gate-north-1')
  })
})
