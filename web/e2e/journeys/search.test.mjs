import assert from 'node:assert/strict'
import { phone } from '../lib/browser.mjs'
import { journey } from '../lib/journey.mjs'
import { until } from '../lib/server.mjs'

/** Parts of names of the demo, in the ways in which they are typed. */
const onPhone = ['青', '青釉', '銅鼎', '唐', '三彩', 'sancai', '龙', '龍門', 'longmen', 'lmsk', '莲he', 'henan']

/** "Slow 4G" of Chrome's DevTools, which was "Fast 3G" before: milliseconds and bytes per second. */
const slow4G = { latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 }

journey('a tourist searches while typing, by kind and on the map', async ({ open, step, note }) => {
  const page = await open({ ...phone, deviceScaleFactor: 1, serviceWorkers: 'block', geolocation: { latitude: 34.75, longitude: 113.65 }, permissions: ['geolocation'] })
  const box = page.getByRole('combobox', { name: /^搜索/ })
  const options = page.locator('[role=option]') // not those of the select
  const rows = page.locator('main ol a', { has: page.locator('.title') })
  const at = (name) => new URL(page.url()).searchParams.getAll(name)

  await step('proposals come while one types, and are walked by keys', async () => {
    await page.goto('/search')
    await box.click()
    await box.pressSequentially('lianhe', { delay: 30 })
    await options.filter({ hasText: '莲鹤方壶' }).first().waitFor()
    assert.equal(await box.getAttribute('aria-expanded'), 'true')
    await box.press('ArrowDown')
    const active = await box.getAttribute('aria-activedescendant')
    assert.equal(await page.locator(`[id="${active}"]`).getAttribute('aria-selected'), 'true')
    await box.press('Escape')
    assert.equal(await box.getAttribute('aria-expanded'), 'false')
  })

  await step('the names on the phone answer while the server is held back; what they lack is said to be asked for', async () => {
    const waiting = []
    await page.route('**/api/v1/suggest?*', (route) => void waiting.push(route)) // answered when the test says so
    await box.fill('蓮鶴')
    await options.filter({ hasText: '莲鹤方壶' }).first().waitFor()
    assert.equal(await options.first().locator('mark').innerText(), '莲鹤')
    await box.fill('longmensk')
    await page.getByText(/^正在搜索“longmensk”…以下是“蓮鶴”的建议$/).first().waitFor()
    assert.equal(await page.getByRole('listbox').getAttribute('data-earlier'), 'true')
    await options.filter({ hasText: '莲鹤方壶' }).first().waitFor() // earlier ones are marked, not blanked
    for (const part of onPhone) {
      await box.fill('')
      await page.waitForFunction(() => !document.querySelector('[role=listbox] .kind'))
      await box.fill(part)
      await page.locator('[role=listbox]:not([data-earlier]) .kind').first().waitFor()
    }
    await box.fill('鼎')
    await page.waitForFunction(() => document.querySelector('[role=option] mark')?.textContent === '鼎')
    const before = await options.allInnerTexts()
    const asked = () => waiting.find((route) => new URL(route.request().url()).searchParams.get('q') === '鼎')
    await until('the question for 鼎', asked)
    const answered = page.waitForResponse((r) => r.request() === asked().request())
    await asked().continue()
    await (await answered).finished()
    await page.waitForFunction((n) => document.querySelectorAll('[role=option]').length > n, before.length)
    const after = await options.allInnerTexts()
    assert.deepEqual(before.filter((line) => after.includes(line)), after.filter((line) => before.includes(line)), 'what the server confirms stays in its order')
    await page.unroute('**/api/v1/suggest?*')
  })

  await step('a slow phone on a slow network sees names, or that they are asked for, soon after the letter', async () => {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Network.enable')
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await cdp.send('Network.emulateNetworkConditions', { offline: false, ...slow4G })
    const fetched = await page.evaluate(async () => {
      const begin = performance.now()
      const answer = await fetch('/api/v1/search/names', { cache: 'no-store' })
      const list = await answer.json()
      return { ms: performance.now() - begin, records: list.records.length, kB: performance.getEntriesByName(answer.url).at(-1).transferSize / 1000 }
    })
    note(`Slow 4G: the list of ${fetched.records} records is there after ${(fetched.ms / 1000).toFixed(1)} s, ${fetched.kB.toFixed(1)} kB`)
    /** Types each word as a whole, some times over, and notes how long it takes until what is waited for is painted: words of the head, or a record in the list. */
    const measured = async (what, words, rounds, wanted) => {
      const took = { asking: new Map(), names: new Map(), none: new Map() }
      for (const word of Array.from({ length: rounds }, () => words).flat()) {
        const times = await page.evaluate(async ([text, until]) => {
          const input = document.querySelector('input[role=combobox]')
          const painted = async (ready) => {
            for (let frames = 0; !ready(); frames += 1) {
              if (frames > 3000) throw new Error(`${text}: it does not come`)
              await new Promise((go) => requestAnimationFrame(go))
            }
            await new Promise((go) => requestAnimationFrame(() => setTimeout(go)))
            return performance.now() - begin
          }
          const list = () => document.querySelector('[role=listbox]')
          const head = () => document.querySelector('.proposals .head')?.textContent ?? ''
          const type = (value) => {
            input.value = value
            input.dispatchEvent(new InputEvent('input', { bubbles: true }))
          }
          type('') // nothing of the word before is listed
          await new Promise((go) => setTimeout(go, 250)) // the pace of a thumb is part of what is measured
          if (list().querySelector('.kind')) throw new Error('the list is not empty')
          const begin = performance.now()
          type(text)
          const out = {}
          if (until.includes('asking')) out.asking = await painted(() => head().startsWith(`正在搜索“${text}”`))
          if (until.includes('names')) out.names = await painted(() => list().querySelector('.kind'))
          if (until.includes('none')) out.none = await painted(() => head() === `没有名称与“${text}”相符`)
          return out
        }, [word, wanted])
        for (const [name, ms] of Object.entries(times)) took[name].set(word, [...(took[name].get(word) ?? []), ms])
      }
      const told = { asking: 'that it is asked for', names: 'the first proposal', none: 'that there is none' }
      for (const name of wanted) {
        const of = (list) => `median ${list.toSorted((a, b) => a - b)[list.length >> 1].toFixed(0)} ms, most ${Math.max(...list).toFixed(0)} ms`
        const each = [...took[name].values()]
        note(`Slow 4G, processor 4 times slower, letter to paint, ${what}, ${told[name]}: ${of(each.flat())}; the quickest of ${rounds} times of each: ${of(each.map((list) => Math.min(...list)))}`)
      }
    }
    await box.fill('')
    await measured('names on the phone', onPhone, 3, ['names'])
    await measured('names that only the server finds', ['莲贺方湖', '隆门石哭', '河蓝博物院', '云台三'], 2, ['asking', 'names'])
    await measured('words of no name', ['qxzjv', 'wwvqk', '不会有的名', 'zzzz'], 2, ['asking', 'none'])
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await cdp.detach()
  })

  await step('without a network the names are searched that the phone has kept, and the screen says so', async () => {
    const away = await open({ ...phone, deviceScaleFactor: 1 })
    await away.goto('/search')
    await away.waitForFunction(async () => (await navigator.serviceWorker.ready) && (await (await caches.open('yjy-names')).match('/search/names')) !== undefined)
    await away.context().setOffline(true)
    await away.reload() // the shell and the names are on the phone
    const input = away.getByRole('combobox', { name: /^搜索/ })
    await input.click()
    await input.pressSequentially('lianhe', { delay: 30 })
    await away.locator('[role=option]').filter({ hasText: '莲鹤方壶' }).first().waitFor()
    await away.getByText('网络不通：以下来自本机保存的名称', { exact: true }).first().waitFor()
    await input.press('Enter')
    await away.getByText(/网络不通：以下来自本机保存的 \d+ 个名称（/).waitFor()
    await away.locator('.kept a').filter({ hasText: '莲鹤方壶' }).first().waitFor()
    await away.context().setOffline(false)
    await away.locator('main ol a .title').filter({ hasText: '莲鹤方壶' }).first().waitFor() // it goes on by itself
    await away.context().close()
  })

  await step('facets narrow, count and are cleared', async () => {
    await page.goto(`/search?q=${encodeURIComponent('青铜')}`)
    await rows.first().waitFor()
    const all = await page.locator('.total').innerText()
    await page.getByRole('button', { name: /^筛选/ }).click()
    const sheet = page.getByRole('dialog', { name: '筛选' })
    const facet = sheet.locator('fieldset').nth(1) // behind the years
    await facet.locator('.chip').nth(1).click()
    await page.waitForURL((url) => [...url.searchParams.keys()].some((k) => k.startsWith('facet.')))
    await facet.locator('.chip').first().and(page.locator('[aria-pressed="true"]')).waitFor() // what is chosen moves to the front
    await sheet.getByRole('button', { name: /^查看/ }).click()
    await page.waitForFunction((was) => !document.querySelector('.rows[data-busy]') && document.querySelector('.total').innerText !== was, all)
    await page.getByRole('list', { name: '已选条件' }).getByRole('button', { name: /^去掉条件/ }).click()
    await page.waitForFunction((was) => document.querySelector('.total').innerText === was, all)
  })

  await step('an age of history narrows, beside facets, and so do years of one’s own', async () => {
    await page.goto('/search?kind=relic')
    await rows.first().waitFor()
    const total = async () => Number((await page.locator('.total').innerText()).replace(/\D/g, ''))
    const settled = (period) => page.waitForURL((url) => (url.searchParams.get('period') ?? '') === period).then(() => page.waitForFunction(() => document.querySelector('.total').innerText && !document.querySelector('.rows[data-busy]')))
    const all = await total()
    await page.getByRole('button', { name: /^筛选/ }).click()
    const sheet = page.getByRole('dialog', { name: '筛选' })
    const years = sheet.getByRole('group', { name: /^年代/ })
    const age = years.getByRole('button', { name: /^战国/ })
    const counted = Number((await age.locator('.count').innerText()).replace(/\D/g, ''))
    assert.ok(counted > 0 && counted < all, `${counted} of ${all}`)
    await age.click()
    await settled('-475..-221')
    assert.equal(await total(), counted)
    assert.ok((await years.locator('.chip').count()) > 5, 'the other ages stay to be chosen')
    await sheet.getByRole('group', { name: /^质地/ }).locator('.chip').first().click()
    await page.waitForURL((url) => url.searchParams.has('facet.material') && url.searchParams.has('period'))
    await years.getByRole('group', { name: '起始年' }).getByRole('combobox').selectOption({ label: '公元前' })
    await years.getByRole('group', { name: '起始年' }).getByRole('textbox').fill('600')
    await years.getByRole('group', { name: '结束年' }).getByRole('combobox').selectOption({ label: '公元' })
    await years.getByRole('group', { name: '结束年' }).getByRole('textbox').fill('100')
    await years.getByRole('button', { name: '确定' }).click()
    await settled('-600..100')
    await sheet.getByRole('button', { name: /^查看/ }).click()
    await page.reload()
    await rows.first().waitFor()
    await page.getByRole('button', { name: '去掉条件：公元前600—公元100年' }).click()
    await settled('')
    assert.deepEqual(at('facet.material').length, 1)
  })

  await step('each kind by itself', async () => {
    await page.goto(`/search?q=${encodeURIComponent('河南')}`)
    await page.getByRole('button', { name: '分类', exact: true }).click()
    await page.getByRole('heading', { level: 2, name: /^文物（\d/ }).waitFor()
    await page.getByRole('link', { name: /^全部.*遗址古迹/ }).or(page.locator('.shelf', { hasText: '遗址古迹' }).locator('a.more')).first().click()
    await page.waitForURL((url) => url.searchParams.get('kind') === 'site' && !url.searchParams.has('view'))
  })

  await step('near me, with the distance', async () => {
    await page.goto('/search?kind=museum')
    await page.getByRole('button', { name: '在我附近' }).click()
    await page.waitForURL((url) => url.searchParams.get('near') === '34.75,113.65,10' && url.searchParams.get('sort') === 'distance')
    await page.locator('.rows .distance').first().waitFor()
    await page.goto('/search?kind=site&near=34.5,113.05,50&sort=distance')
    await rows.filter({ hasText: '中岳庙' }).first().waitFor()
    await page.goto('/search?kind=museum&near=34.75,113.65,10&sort=distance')
    await page.getByRole('combobox', { name: '范围' }).selectOption('50')
    await page.waitForURL((url) => url.searchParams.get('near') === '34.75,113.65,50')
  })

  await step('on the map, and only what a part of it shows', async () => {
    await page.goto(`/search?q=${encodeURIComponent('郑州')}&view=map`)
    await page.locator('.map[data-state="ready"]').waitFor()
    await page.locator('.map-mark').first().waitFor()
    const before = await page.locator('.told').innerText()
    assert.match(before, /\d+ 条结果，其中 \d+ 条有位置/)
    const [all, placed] = before.match(/[\d,]+/g).map((n) => Number(n.replaceAll(',', '')))
    assert.ok(placed > 0 && placed < all, before)
    await page.getByRole('button', { name: '只看有位置的', exact: true }).click()
    await page.waitForURL((url) => url.searchParams.get('placed') === 'true')
    await page.waitForFunction((n) => document.querySelector('.told').innerText.startsWith(`${n} 条结果，其中 ${n} 条有位置`), placed)
    await page.getByRole('button', { name: '去掉条件：只看有位置的' }).click()
    await page.waitForFunction((was) => document.querySelector('.told').innerText === was, before)
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await page.getByRole('button', { name: '搜索这一带' }).click()
    await page.waitForURL((url) => /^-?\d/.test(url.searchParams.get('box') ?? ''))
    await page.waitForFunction((was) => document.querySelector('.told').innerText !== was, before)
    await page.getByRole('button', { name: '去掉条件：地图这一带' }).click()
    await page.waitForFunction((was) => document.querySelector('.told')?.innerText === was, before)
  })

  await step('nothing found: what sounds so, and which condition stands in the way', async () => {
    await page.goto(`/search?q=${encodeURIComponent('莲鹤方壶')}&kind=site`)
    await page.getByRole('link', { name: /^去掉“类别”：\d+ 条结果/ }).click()
    await page.waitForURL((url) => !url.searchParams.has('kind'))
    assert.match(await rows.filter({ hasText: '莲鹤方壶' }).first().locator('.meta').innerText(), /河南博物院|故宫博物院/)
    await rows.filter({ hasText: '莲鹤方壶' }).first().click()
    assert.deepEqual(at('kind'), [])
  })

  await step('a relic leads on to what is related', async () => {
    await page.getByRole('heading', { level: 2, name: '相关内容' }).waitFor()
    const next = page.locator('.after a').first()
    const name = await next.locator('.title').innerText()
    await next.click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
  })
})
