import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { deskSize, phone } from '../lib/browser.mjs'
import { journey } from '../lib/journey.mjs'
import { answered, picture } from '../lib/planning.mjs'

journey('one tap makes a walk for a family with a pushchair', async ({ server, open, step }) => {
  const api = await Api.login(server, 'manager')
  const area = (await api.get('/api/v1/areas?view=staff&org=demo-area')).body.items.find((a) => a.fields.name.zh === '示范景区')
  assert.ok(area, 'the model area is there')
  const page = await open({ ...phone, deviceScaleFactor: 1, permissions: [] })
  const stops = page.getByTestId('plan-stop')

  await step('from the page of the area, by one tap, for three hours', async () => {
    await page.goto(`/areas/${area.id}`)
    const first = await answered(page, () => page.getByTestId('plan-open').click())
    assert.deepEqual([first.asked.areaId, first.asked.budgetMinutes, first.asked.accessible, first.asked.start], [area.id, 180, '', undefined])
    await page.getByTestId('plan-sum').waitFor()
    // The journey is told at any hour of the day, and the area has hours.
    await page.locator('summary', { hasText: '兴趣、节奏与出发' }).click()
    const { plan } = await answered(page, () => page.getByRole('button', { name: '明天上午九点' }).click())
    assert.ok(plan.stops.length >= 5, `${plan.stops.length} stops`)
    await stops.first().waitFor()
    assert.equal(await stops.count(), plan.stops.length)
    await page.getByTestId('plan-sum').getByText('模拟数据').waitFor()
    for (const s of plan.stops) assert.ok(s.why.length > 0 && s.why.every((r) => r.text.zh && r.text.en), 'a stop without a reason')
    await picture(page, 'plan-phone')
  })

  await step('with a pushchair it keeps to paths without steps, and says what that leaves out', async () => {
    const { asked, plan } = await answered(page, () => page.getByRole('button', { name: '推婴儿车' }).click())
    assert.equal(asked.accessible, 'pushchair')
    assert.equal(plan.estimated, false)
    const spots = (await api.get(`/api/v1/areas/${area.id}/spots?limit=200`)).body.items
    for (const s of plan.stops) assert.notEqual(spots.find((x) => x.id === s.spotId).pushchair?.code, 'no', s.name.zh)
    const paths = (await api.get(`/api/v1/areas/${area.id}/paths?limit=200`)).body.items
    for (const id of plan.stops.flatMap((s) => s.paths)) {
      const path = paths.find((p) => p.id === id)
      assert.ok(path.accessible?.code === 'yes' || path.steps === 0, 'a path with steps')
    }
    const refused = plan.left.filter((l) => l.why.code === 'not-accessible')
    assert.ok(refused.length > 0)
    await page.getByTestId('plan-left').locator('summary').click()
    await page.getByTestId('plan-left').getByText('不适合婴儿车通行').first().waitFor()
    await picture(page, 'plan-pushchair-phone')
  })

  await step('what was seen is done, and the rest is planned again from there', async () => {
    const [first, second] = [await stops.nth(0).getByRole('link').innerText(), await stops.nth(1).getByRole('link').innerText()]
    await stops.nth(0).getByRole('button', { name: '看过了' }).click()
    await page.getByTestId('plan-done').getByText(first).waitFor()
    const { asked, plan } = await answered(page, () => page.getByRole('button', { name: '从这里重新安排' }).click())
    assert.equal(asked.done.length, 1)
    assert.equal(asked.startSpot, asked.done[0])
    assert.ok(asked.budgetMinutes <= 180 && asked.budgetMinutes >= 100, `${asked.budgetMinutes} minutes left`)
    assert.ok(!plan.stops.some((s) => s.spotId === asked.done[0]), 'what was seen is planned again')
    assert.equal(plan.stops[0].name.zh, second)
    const kept = plan.changes.filter((c) => c.how === 'kept').length
    assert.ok(kept >= asked.before.length - 2, `${kept} of ${asked.before.length} kept`)
  })

  await step('a spot can be refused', async () => {
    const name = await stops.nth(1).getByRole('link').innerText()
    const { asked, plan } = await answered(page, () => page.getByRole('button', { name: `不去这里：${name}` }).click())
    assert.ok(!plan.stops.some((s) => asked.avoid.includes(s.spotId)))
    assert.ok(plan.left.some((l) => asked.avoid.includes(l.spotId) && l.why.code === 'avoided'))
  })

  await step('without a network it is still there, and says so', async () => {
    const count = await stops.count()
    await page.context().setOffline(true)
    await page.getByTestId('plan-offline').getByText('没有网络').waitFor()
    assert.equal(await stops.count(), count)
    await page.context().setOffline(false)
    await page.reload()
    await stops.first().waitFor()
    assert.equal(await stops.count(), count)
    const kept = await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('yjy.plan.')))
    assert.equal(kept.length, 1)
  })

  await step('in English, on a desk', async () => {
    await page.setViewportSize(deskSize)
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Plan my visit' }).waitFor()
    await page.getByRole('button', { name: 'Plan again from here' }).waitFor()
    assert.doesNotMatch(await page.getByTestId('plan-stop').first().locator('.why').innerText(), /[\u4e00-\u9fff]/)
    await picture(page, 'plan-desk')
  })

  await step('from the first screen by one tap, then the area', async () => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Plan my visit' }).click()
    await page.waitForURL(/\/plan$/)
    await page.locator(`a[href="/areas/${area.id}/plan"]`).getByText('You have a plan').waitFor()
  })
})
