import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { desk } from '../lib/browser.mjs'
import { answered, named, sitDown } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'

journey('a curator sees how a period is read while typing it', async ({ server, open, step }) => {
  const page = await open(desk)
  await sitDown(page, await Api.login(server, 'registrar'))
  await page.goto('/console/relics/new')
  const words = named(page, 'field-period.text.zh')
  const read = named(page, 'dating')
  const says = (text) => read.locator('p', { hasText: text }).waitFor()

  await step('a year told by its place among the sixty, with a month', async () => {
    await words.fill('清乾隆庚子五月')
    await says('读作 清乾隆四十五年（1780年） · 确定')
    await says('不涉及年份：“五月”')
  })
  await step('a title of which there were two', async () => {
    await words.fill('元至元六年')
    await says('读作 元至元六年（疑为1269年） · 存疑')
    await says('也可能是元至元六年（1340年）')
  })
  await step('what contradicts itself, and what is not understood', async () => {
    await words.fill('乾隆四十五年（1781年）、胡')
    await says('另一说为1781年')
    await says('未读懂：“胡”')
    await words.fill('很久以前')
    await says('没有读出年份')
  })
  await step('the record keeps the years of what was read', async () => {
    await words.fill('清光绪甲午')
    await says('读作 清光绪二十年（1894年） · 确定')
    await named(page, 'field-name.zh').fill('旅程：断代')
    const answer = await answered(page, 'POST', /\/api\/v1\/relics$/, () => named(page, 'record-save').click())
    assert.equal(answer.status(), 201, await answer.text())
    const { fields } = await answer.json()
    assert.deepEqual([fields.period.fromYear, fields.period.toYear], [1894, 1894])
  })
})
