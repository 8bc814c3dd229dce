import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { desk } from '../lib/browser.mjs'
import { answered, choose, named, sitDown } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { workbook } from '../lib/xlsx.mjs'

// A list as a spreadsheet program saves it: a title over all columns, a period merged over three rows, formulas with and
// without a saved result, an error value, and two headings that nobody knows.
const list = {
  name: '旅程移交清单.xlsx',
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: workbook([
    { name: '说明', rows: [['清单在下一个工作表']] },
    {
      name: '清单',
      merges: ['A1:G1', 'D3:D5'],
      rows: [
        ['示范博物馆移交清单'],
        ['登记号', '器物称谓', '文物类别', '年代', '数量', '质量', '备查'],
        ['行0001', '旅程清单白釉盘', '瓷器', '北宋', { formula: '1&"件"', result: '1件' }, '350克', '口沿有一道冲线'],
        ['行0002', '旅程清单青釉洗', '瓷器', '', '1件', '410克'],
        ['行0003', '旅程清单黑釉盏', '瓷器', '', '1件', '#REF!'],
        ['行0004', '旅程清单铁牛', '铁器、其他金属器', '唐', { formula: 'COUNTA(A3:A6)' }, '2.5千克'],
        ['行0005', '旅程清单陶狗', '陶器', '东汉', '1件', '900克'],
        ['行0005', '旅程清单陶鸡', '陶器', '东汉', '1件', '700克'],
      ],
    },
  ]),
}

journey('a curator settles the rows of a workbook, and takes it all back', async ({ server, open, step }) => {
  const api = await Api.login(server, 'registrar')
  const page = await open(desk)
  await sitDown(page, api)
  const row = (line) => named(page, `row-${line}`)
  const inState = (line, name) => page.locator(`[data-testid="row-${line}"][data-state="${name}"]`).waitFor()
  const count = (name, n) => named(page, `rows-${name}`).locator('b', { hasText: new RegExp(`^\\s*${n}\\s*$`) }).waitFor()
  const told = (line, column, words) => named(page, `row-${line}-cell-${column}`).locator('.problem', { hasText: words }).waitFor()
  const decide = (line, what) => answered(page, 'PATCH', new RegExp(`/rows/${line}$`), () => row(line).locator(`[data-testid="row-${what}"]`).click())
  const stateOf = (name) => page.locator(`[data-testid="load-state"][data-state="${name}"]`).waitFor()
  const handIn = async () => {
    await page.goto('/console/imports')
    return answered(page, 'POST', /\/loads$/, () => named(page, 'import-file').setInputFiles(list))
  }
  const takeBack = async (reason) => {
    await named(page, 'load-undo').click()
    await named(page, 'reason').fill(reason)
    await named(page, 'reason-go').click()
    await stateOf('undone')
  }
  let load

  await step('without a name column no row is usable, and the screen says what to do', async () => {
    load = await (await handIn()).json()
    await page.waitForURL(`**/imports/${load.id}`)
    assert.equal(load.sheet, '清单')
    await named(page, 'load-no-name').waitFor()
    await count('faulty', 6)
    assert.equal(await named(page, 'load-write').count(), 0, 'rows without a name are offered for writing')
  })

  await step('the columns are mapped by hand', async () => {
    await choose(page, named(page, 'map-1'), '名称')
    await choose(page, named(page, 'map-6'), '备注')
    const answer = await answered(page, 'PUT', /\/mapping$/, () => named(page, 'map-save').click())
    assert.deepEqual((await answer.json()).mapping, ['number', 'name', 'category', 'period', 'quantity', 'mass', 'internalNotes'])
    await named(page, 'load-no-name').waitFor({ state: 'detached' })
  })

  await step('merged cells, formulas and error values are told at their cells', async () => {
    await named(page, 'rows-all').click()
    await row(8).waitFor()
    await told(3, 4, '单元格是公式，取其保存时的结果')
    await told(4, 3, '取 D3 的值')
    await told(5, 3, '取 D3 的值')
    await told(5, 5, '单元格是错误值')
    await told(6, 4, '没有保存结果')
    for (const [line, state] of [[3, 'doubtful'], [4, 'doubtful'], [5, 'doubtful'], [6, 'faulty'], [7, 'ready'], [8, 'faulty']]) await inState(line, state)
    assert.equal(await row(4).locator('th .problem').count(), 0, 'cells that a spreadsheet program does not store are called missing')
    assert.equal(await named(page, 'row-4-cell-3').locator('.cell').innerText(), '北宋')
  })

  await step('a row is skipped and taken back; what repeated it follows', async () => {
    await decide(7, 'skip')
    await inState(7, 'skipped')
    await inState(8, 'ready')
    await decide(7, 'restore')
    await inState(7, 'ready')
    await inState(8, 'faulty')
    await decide(8, 'skip')
    await count('skipped', 1)
  })

  await step('a doubt is accepted, and the acceptance taken back', async () => {
    await decide(3, 'accept')
    await inState(3, 'ready')
    await decide(3, 'unaccept')
    await inState(3, 'doubtful')
    for (const line of [3, 4, 5]) await decide(line, 'accept')
    await count('ready', 4)
  })

  await step('what is written can be opened, and the mapping is fixed', async () => {
    await named(page, 'load-write').click()
    await stateOf('closed')
    await count('written', 4)
    await page.locator('summary').click()
    await page.getByText('不能再改列的对应').waitFor()
    assert.ok(await named(page, 'map-1').locator('input').isDisabled())
    await row(4).getByRole('link').click()
    await page.locator('[data-testid="record-title"]', { hasText: '旅程清单青釉洗' }).waitFor()
    await named(page, 'field-defects').fill('足部有窑裂')
    await answered(page, 'PUT', /\/relics\//, () => named(page, 'record-save').click())
  })

  await step('the same file is refused, unless it is meant', async () => {
    assert.equal((await handIn()).status(), 409)
    await named(page, 'import-error').filter({ hasText: '同一文件已于' }).waitFor()
    await answered(page, 'POST', /\/loads$/, () => named(page, 'import-repeat').click())
    await page.waitForURL(/\/imports\/[^/]+$/)
    assert.ok(!page.url().endsWith(load.id))
    await takeBack('旅程：重复上传')
  })

  await step('the load is undone with its reason; what somebody changed stays', async () => {
    await page.goto(`/console/imports/${load.id}`)
    await takeBack('旅程：清单不是最后一稿')
    await named(page, 'load-reason').filter({ hasText: '旅程：清单不是最后一稿' }).waitFor()
    await count('undone', 3)
    await count('kept', 1)
    await named(page, 'rows-kept').click()
    await row(4).getByRole('link').waitFor()
    const { body } = await api.get(`/api/v1/relics?view=staff&load=${load.id}`)
    assert.deepEqual(body.items.map((r) => r.fields.name.zh), ['旅程清单青釉洗'])
    const stones = (await api.get('/api/v1/tombstones?org=demo-museum&limit=200')).body.items.filter((s) => s.name.zh.startsWith('旅程清单'))
    assert.equal(stones.length, 3, 'a register is never silently shorter')
    for (const s of stones) assert.match(s.reason, /清单不是最后一稿/)
  })
})
