import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { desk } from '../lib/browser.mjs'
import { answered, choose, enter, named, sitDown } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { code, period } from '../lib/totp.mjs'

journey('an administrator helps and stops a person, and gives a partner a key', async ({ server, open, step }) => {
  const admin = await open(desk)
  await sitDown(admin, await Api.login(server, 'admin'))
  const temporary = `first-${server.password}`
  const states = (words) => named(admin, 'account-states-newcomer').filter({ hasText: words }).waitFor()
  /** Takes a step with the account; `fill` is what the dialog asks beside the reason. */
  const act = async (what, reason, fill) => {
    await named(admin, 'account-acts-newcomer').click()
    await named(admin, `account-act-${what}`).filter({ visible: true }).click()
    await fill?.()
    await named(admin, 'reason').fill(reason)
    const answer = await answered(admin, /^(grants|name)$/.test(what) ? 'PUT' : 'POST', /\/accounts\/[^/]+/, () => named(admin, 'reason-go').click())
    assert.ok(answer.ok(), `${what}: ${answer.status()}`)
    await named(admin, 'reason').waitFor({ state: 'detached' })
  }
  const tries = (extra) => new Api(server.url).send('POST', '/api/v1/session', { account: 'newcomer', password: server.password, ...extra })

  await step('what is wrong with a new account is said beside its fields', async () => {
    await admin.goto('/console/accounts')
    await named(admin, 'account-new').click()
    await named(admin, 'account-name').fill('New Comer')
    await named(admin, 'account-display').fill('旅程新人')
    await named(admin, 'account-temporary').fill('short')
    await choose(admin, named(admin, 'account-home'), '示范博物馆（模拟）')
    for (const [i, role] of ['总账管理员', '库房保管员'].entries()) {
      await named(admin, 'grant-add').click()
      await choose(admin, named(admin, `grant-role-${i}`), role)
    }
    await answered(admin, 'POST', /\/accounts$/, () => named(admin, 'account-create').click())
    const dialog = admin.getByRole('dialog')
    for (const words of ['账号须为 2 至 40 个', '密码至少 12 个字符', '总账管理员与库房保管员不能由同一账号']) await dialog.locator('.error', { hasText: words }).waitFor()
    for (const id of ['account-name', 'account-temporary']) assert.equal(await named(admin, id).getAttribute('aria-invalid'), 'true', id)
  })

  await step('mended, it is made; its owner has to choose a password before anything else', async () => {
    await named(admin, 'account-name').fill('newcomer')
    await named(admin, 'account-temporary').fill(temporary)
    await named(admin, 'grant-remove-1').click()
    await answered(admin, 'POST', /\/accounts$/, () => named(admin, 'account-create').click())
    await states('待改密码')
    const person = await open(desk)
    await person.goto('/console/login')
    await enter(person, 'newcomer', temporary)
    await named(person, 'pending').waitFor()
    await person.goto('/console/relics')
    await person.waitForURL(/\/console\/me\?/)
    await named(person, 'password-current').fill(temporary)
    for (const box of ['password-new', 'password-again']) await named(person, box).fill(server.password)
    await named(person, 'password-submit').click()
    await named(person, 'record-table').waitFor()
    await person.context().close()
  })

  let person
  await step('another role takes effect at once', async () => {
    person = await Api.login(server, 'newcomer')
    const may = async (action) => (await person.get('/api/v1/session')).body.actor.can[action] ?? []
    assert.deepEqual(await may('record.review'), [])
    await act('grants', '旅程：兼任审核', async () => {
      await named(admin, 'grant-add').click()
      await choose(admin, named(admin, 'grant-role-1'), '审核员')
    })
    assert.deepEqual(await may('record.review'), ['demo-museum'])
    await admin.getByText('审核员 · 示范博物馆（模拟）').first().waitFor()
  })

  await step('stopped, it is out, and the list says why; taken up again, it is in', async () => {
    await act('lock', '旅程：离岗')
    await states('已停用')
    await admin.getByRole('row', { name: 'newcomer' }).getByText('旅程：离岗').waitFor()
    assert.equal((await person.send('GET', '/api/v1/relics?view=staff')).status, 401)
    const refused = await tries()
    assert.deepEqual([refused.status, refused.body.code], [403, 'auth.locked'])
    await act('unlock', '旅程：返岗')
    await states('正常')
    assert.equal((await tries()).status, 200)
  })

  await step('a lost second factor is taken away', async () => {
    person = await Api.login(server, 'newcomer')
    const { secret } = (await person.want('POST', '/api/v1/session/second-factor', { password: server.password })).body
    await person.want('PUT', '/api/v1/session/second-factor', { code: code(secret, period() - 1) })
    assert.equal((await tries()).body.code, 'auth.code_needed')
    await admin.reload()
    await states('动态验证码')
    await act('factor', '旅程：手机遗失')
    assert.equal((await tries()).status, 200)
  })

  await step('a forgotten password is set anew, and the old one is worth nothing', async () => {
    await act('password', '旅程：忘记密码', () => named(admin, 'step-password').fill(`again-${server.password}`))
    await states('待改密码')
    assert.equal((await tries()).status, 401)
    const again = await tries({ password: `again-${server.password}` })
    assert.deepEqual(again.body.actor.pending, ['password'])
  })

  let key
  await step('a key is shown once, and reads what its role reads', async () => {
    await named(admin, 'nav-keys').click()
    await named(admin, 'key-new').click()
    await answered(admin, 'POST', /\/keys$/, () => named(admin, 'key-create').click())
    for (const words of ['密钥名称须为 1 至 80 个字符', '密钥至少要有一项角色']) await admin.locator('.error', { hasText: words }).waitFor()
    await named(admin, 'key-label').fill('旅程合作方')
    await choose(admin, named(admin, 'key-org'), '示范博物馆（模拟）')
    await named(admin, 'grant-add').click()
    await choose(admin, named(admin, 'grant-role-0'), '审计员')
    await answered(admin, 'POST', /\/keys$/, () => named(admin, 'key-create').click())
    key = (await named(admin, 'key-value').innerText()).trim()
    await named(admin, 'key-kept').click()
    await admin.getByText('审计员 · 示范博物馆（模拟）').waitFor()
    assert.ok(!(await admin.locator('body').innerText()).includes(key), 'the list shows the key')
    const ask = new Api(server.url)
    ask.headers = { Authorization: `Bearer ${key}` }
    const read = await ask.send('GET', '/api/v1/relics?view=staff&org=demo-museum&limit=1')
    assert.equal(read.body.items[0].org, 'demo-museum')
    const written = await ask.send('POST', '/api/v1/relics', { org: 'demo-museum', fields: { name: { zh: '旅程：密钥所写' } } })
    assert.equal(written.status, 403)
  })

  await step('revoked, it opens nothing', async () => {
    const hint = key.slice(-4)
    await named(admin, `key-revoke-${hint}`).click()
    await named(admin, 'reason').fill('旅程：合作结束')
    await named(admin, 'reason-go').click()
    await named(admin, `key-revoked-${hint}`).waitFor()
    const answer = await new Api(server.url).send('GET', '/api/v1/relics?view=staff&org=demo-museum', undefined, { Authorization: `Bearer ${key}` })
    assert.equal(answer.status, 401)
  })
})
