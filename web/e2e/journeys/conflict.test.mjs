import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { desk } from '../lib/browser.mjs'
import { account, answered, draft, login, named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'

journey('two curators edit one record and the second is told', async ({ server, open, step }) => {
  await account(server, 'cataloguer', ['registrar@demo-museum'])
  const api = await Api.login(server, 'registrar')
  const record = await draft(api, { name: { zh: '旅程双耳陶罐', en: 'Two-handled jar' }, defects: '口沿磕缺' })
  const [first, second] = [await open(desk), await open(desk)]
  const stored = async () => (await api.get(`/api/v1/relics/${record.id}?view=staff`)).body.fields

  await step('both have it open', async () => {
    for (const [page, who] of [[first, 'registrar'], [second, 'cataloguer']]) {
      await login(page, who, server.password)
      await page.goto(`/console/relics/${record.id}`)
      await named(page, 'field-name.zh').waitFor()
    }
  })

  await step('the first one saves', async () => {
    await named(first, 'field-name.en').fill('Jar with two handles')
    const answer = await answered(first, 'PUT', /\/relics\//, () => named(first, 'record-save').click())
    assert.equal(answer.status(), 200)
  })

  await step('the second one hears of it while typing, and loses nothing', async () => {
    await named(second, 'field-name.zh').fill('旅程双耳彩陶罐')
    await named(second, 'field-name.en').fill('Painted jar')
    await named(second, 'changed-elsewhere').waitFor()
    assert.equal(await named(second, 'field-name.zh').inputValue(), '旅程双耳彩陶罐')
  })

  await step('saving is refused; the dialog lays both side by side', async () => {
    const answer = await answered(second, 'PUT', /\/relics\//, () => named(second, 'record-save').click())
    assert.equal(answer.status(), 412)
    const dialog = second.getByRole('dialog').filter({ has: named(second, 'conflict-take') })
    await dialog.waitFor()
    const clash = named(second, 'conflict-name.en')
    await clash.waitFor()
    assert.equal(await clash.getAttribute('data-clash'), 'true')
    const said = await clash.innerText()
    assert.match(said, /Jar with two handles/)
    assert.match(said, /Painted jar/)
    assert.match(await named(second, 'conflict-name.zh').innerText(), /旅程双耳彩陶罐/)
    assert.equal((await stored()).name.en, 'Jar with two handles', 'nothing is overwritten behind the back of the first')
  })

  await step('the second one keeps the other’s English name and the own Chinese one', async () => {
    await named(second, 'conflict-name.en').getByRole('radio').first().check()
    await named(second, 'conflict-take').click()
    await named(second, 'conflict-take').waitFor({ state: 'hidden' })
    const answer = await answered(second, 'PUT', /\/relics\//, () => named(second, 'record-save').click())
    assert.equal(answer.status(), 200)
    const fields = await stored()
    assert.deepEqual(fields.name, { zh: '旅程双耳彩陶罐', en: 'Jar with two handles' })
    assert.equal(fields.defects, '口沿磕缺')
  })
})
