import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { desk } from '../lib/browser.mjs'
import { account, draft, login, named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'

const secret = '旅程秘藏玉凫'

journey('a keeper of another museum sees nothing', async ({ server, open, step }) => {
  const registrar = await Api.login(server, 'registrar')
  const record = await draft(registrar, { name: { zh: secret, en: 'Jade duck of the journey' }, internalNotes: '旅程内部备注' })
  const load = (await registrar.get('/api/v1/loads?org=demo-museum')).body.items[0]
  const store = (await registrar.get('/api/v1/places?view=staff&org=demo-museum&limit=200')).body.items.find((p) => p.publication.state === 'hidden')
  assert.ok(store, 'the model museum has a place that is not public')
  await account(server, 'stranger', ['keeper@demo-museum-b'], 'demo-museum-b')
  const api = await Api.login(server, 'stranger')
  const page = await open(desk)
  const silent = async (where) => {
    const said = await page.locator('body').innerText()
    for (const word of [secret, '旅程内部备注', '示范博物馆（模拟）']) assert.ok(!said.includes(word), `${where} says ${word}`)
  }

  await step('no list of the console shows it', async () => {
    await login(page, 'stranger', server.password)
    for (const list of ['relics', 'sites', 'museums', 'places']) {
      await named(page, `nav-${list}`).click()
      await page.waitForURL(`**/console/${list}`)
      await page.waitForLoadState('networkidle')
      await silent(list)
    }
  })

  await step('no search of the console finds it', async () => {
    await page.goto('/console/relics')
    for (const words of [secret, '玉凫', 'jade duck']) {
      const answer = page.waitForResponse((r) => new URL(r.url()).pathname === '/api/v1/search')
      await named(page, 'list-search').fill(words)
      await named(page, 'list-search').press('Enter')
      // What is nearly like it is of their own museum, and the list says that it is no more.
      const { total, partial, items } = await (await answer).json()
      assert.ok(total === 0 || partial, `${words} finds ${total}`)
      assert.ok(items.every((hit) => hit.id !== record.id), `${words} finds it`)
      if (partial) await named(page, 'list-partial').waitFor()
      await silent(words)
    }
  })

  await step('its address leads nowhere', async () => {
    const answer = page.waitForResponse((r) => new URL(r.url()).pathname === `/api/v1/relics/${record.id}`)
    await page.goto(`/console/relics/${record.id}`)
    assert.equal((await answer).status(), 404)
    await page.getByText('没有找到这条记录').first().waitFor()
    await silent('its page')
  })

  await step('no path of the API tells of it', async () => {
    for (const path of [`relics/${record.id}?view=staff`, `relics/${record.id}`, `relics/${record.id}/history`, `relics/${record.id}/revisions/1`, `places/${store.id}?view=staff`, `places/${store.id}`]) {
      assert.equal((await api.send('GET', `/api/v1/${path}`)).status, 404, path)
    }
    const { headers } = await registrar.get(`/api/v1/relics/${record.id}?view=staff`)
    for (const [method, path, body] of [
      ['PUT', `relics/${record.id}`, { fields: { name: { zh: '夺来' } } }],
      ['POST', `relics/${record.id}/review`, { step: 'submit' }],
      ['DELETE', `relics/${record.id}?reason=x`],
    ]) {
      const answer = await api.send(method, `/api/v1/${path}`, body, { 'If-Match': headers.get('etag') })
      assert.ok([403, 404].includes(answer.status), `${method} ${path}: ${answer.status}`)
      assert.ok(!answer.text.includes(secret))
    }
    for (const path of ['relics?view=staff&limit=200', 'places?view=staff&limit=200', 'search?view=staff&q=', `search?view=staff&q=${encodeURIComponent(secret)}`, `suggest?view=staff&q=${encodeURIComponent('旅程秘')}`]) {
      const answer = await api.send('GET', `/api/v1/${path}`)
      assert.equal(answer.status, 200, `${path}: ${answer.text}`)
      for (const word of [record.id, secret, store.id]) assert.ok(!answer.text.includes(word), `${path} says ${word}`)
    }
    for (const path of ['loads?org=demo-museum', ...(load ? [`loads/${load.id}`] : []), 'exports/relic?org=demo-museum', 'tombstones?org=demo-museum', 'audit?org=demo-museum']) {
      const answer = await api.send('GET', `/api/v1/${path}`)
      assert.ok([403, 404].includes(answer.status), `${path}: ${answer.status}`)
    }
    assert.equal((await registrar.get(`/api/v1/relics/${record.id}?view=staff`)).body.fields.name.zh, secret, 'and nothing was changed')
  })
})
