import assert from 'node:assert/strict'
import { deskSize, phone } from '../lib/browser.mjs'
import { journey } from '../lib/journey.mjs'
import { answered, picture } from '../lib/planning.mjs'

journey('one tap makes a day over the real museums and sites of a city', async ({ server, open, step }) => {
  const found = async (kind, q) => (await (await fetch(`${server.url}/api/v1/search?${new URLSearchParams({ kind, q })}`)).json()).items.find((hit) => hit.title.zh === q)
  const [model, academy, museum] = [await found('area', '示范景区'), await found('area', '嵩阳书院'), await found('museum', '河南博物院')]
  const page = await open({ ...phone, deviceScaleFactor: 1, geolocation: { latitude: 34.7721, longitude: 113.6502 }, permissions: ['geolocation'] })
  const stops = page.getByTestId('plan-stop')
  const choose = async (name) => {
    const more = page.locator('summary', { hasText: /兴趣、节奏与出发|Interests, pace and start/ })
    if (!(await more.evaluate((s) => s.parentElement.open))) await more.click()
    return answered(page, () => page.getByRole('button', { name }).click())
  }

  await step('the city is chosen from the list, and tomorrow morning', async () => {
    await page.goto('/plan')
    const first = await answered(page, () => page.getByRole('link', { name: '郑州市', exact: true }).click())
    assert.deepEqual([first.asked.city, first.asked.areaId, first.asked.budgetMinutes, first.asked.start], ['郑州市', undefined, 480, undefined])
    const { plan } = await choose('明天上午九点')
    assert.ok(plan.stops.length >= 3, `${plan.stops.length} stops`)
    assert.equal(plan.simulated, false)
    for (const s of plan.stops) {
      assert.ok(['area', 'museum', 'site'].includes(s.kind) && s.location, s.name.zh)
      assert.ok(s.why.length > 0 && s.why.every((r) => r.text.zh && r.text.en), 'a stop without a reason')
      assert.doesNotMatch(s.name.zh, /示范/)
    }
    assert.ok(plan.left.some((l) => l.spotId === model.id && l.why.code === 'made-up'))
    await stops.nth(plan.stops.length - 1).waitFor()
    assert.equal(await stops.count(), plan.stops.length)
    await page.getByTestId('plan-estimate').getByText('无实测路网，按直线距离估算').waitFor()
    assert.equal(await page.getByTestId('plan-sum').getByText('模拟数据').count(), 0)
    await picture(page, 'city-plan-phone')
    await picture(page, 'city-plan-phone-long', { fullPage: true })
  })

  await step('from where the visitor stands, to about a hundred metres', async () => {
    const { asked, plan } = await choose('从我这里出发')
    assert.match(JSON.stringify(asked.start), /^\{"lat":34\.772,"lon":113\.65\}$|^\{"lon":113\.65,"lat":34\.772\}$/)
    const way = plan.stops[0].walkM + plan.stops[0].rideM
    assert.ok(way > 0, 'no way to the first stop')
    await stops.first().getByText(plan.stops[0].rideM > 0 ? '乘车' : '步行').first().waitFor()
  })

  await step('what was seen is done, and the rest is planned again from there', async () => {
    await stops.nth(0).getByRole('button', { name: '看过了' }).click()
    await page.getByRole('button', { name: '不限起点' }).click() // a day that is under way is changed by its own button
    const { asked, plan } = await answered(page, () => page.getByRole('button', { name: '从这里重新安排' }).click())
    assert.deepEqual([asked.city, asked.startSpot, asked.done.length], ['郑州市', asked.done[0], 1])
    assert.ok(!plan.stops.some((s) => s.spotId === asked.done[0]), 'what was seen is planned again')
    assert.ok(plan.stops[0].walkM + plan.stops[0].rideM > 0, 'no way from what was seen')
    const kept = plan.changes.filter((c) => c.how === 'kept').length
    assert.ok(kept >= asked.before.length - 1, `${kept} of ${asked.before.length} kept`)
  })

  await step('without a network it is still there', async () => {
    const count = await stops.count()
    await page.context().setOffline(true)
    await page.getByTestId('plan-offline').getByText('没有网络').waitFor()
    assert.equal(await stops.count(), count)
    await page.context().setOffline(false)
    const kept = await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('yjy.plan.')))
    assert.deepEqual(kept, ['yjy.plan.city.郑州市'])
    await page.evaluate(() => localStorage.removeItem('yjy.plan.city.郑州市'))
  })

  await step('from an area that publishes no positions, a day in its city with it', async () => {
    await page.goto(`/areas/${academy.id}`)
    const first = await answered(page, () => page.getByTestId('plan-city-open').click())
    assert.deepEqual([first.asked.city, first.asked.must], ['郑州市', [academy.id]])
    const { plan } = await choose('明天上午九点')
    assert.ok(plan.stops.some((s) => s.spotId === academy.id))
    assert.ok(plan.stops.find((s) => s.spotId === academy.id).why.some((r) => r.code === 'must'))
    await page.getByRole('link', { name: '本景区' }).click()
    await page.waitForURL(new RegExp(`/areas/${academy.id}/plan$`))
  })

  await step('in English, on a desk, with a museum that is wanted', async () => {
    await page.setViewportSize(deskSize)
    await page.goto(`/cities/${encodeURIComponent('郑州市')}/plan`)
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Plan my visit' }).waitFor()
    if (await page.getByTestId('plan-left').locator('summary').isVisible()) await page.getByTestId('plan-left').evaluate((d) => (d.open = true))
    const wish = page.getByRole('button', { name: `I want ${museum.title.en}`, exact: true })
    if (await wish.count()) {
      const { asked, plan } = await answered(page, () => wish.click())
      assert.ok(asked.must.includes(museum.id))
      assert.ok(plan.stops.some((s) => s.spotId === museum.id))
    }
    await page.getByTestId('plan-estimate').getByText('No measured road network').waitFor()
    assert.doesNotMatch(await stops.first().locator('.why').innerText(), /[\u4e00-\u9fff]/)
    await page.evaluate(() => scrollTo(0, 0))
    await picture(page, 'city-plan-desk')
  })
})
