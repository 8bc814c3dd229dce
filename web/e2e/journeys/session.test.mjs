import assert from 'node:assert/strict'
import { Api } from '../lib/api.mjs'
import { desk } from '../lib/browser.mjs'
import { account, answered, draft, enter, login, named } from '../lib/console.mjs'
import { journey } from '../lib/journey.mjs'
import { code, period } from '../lib/totp.mjs'

journey('a second factor, guessed passwords and a session that ends', async ({ server, open, step }) => {
  await account(server, 'careful', ['registrar@demo-museum'])
  const page = await open(desk)
  let secret = ''

  await step('a second factor is enrolled with an authenticator', async () => {
    await login(page, 'careful', server.password)
    await page.goto('/console/me')
    await named(page, 'factor-password').fill(server.password)
    await named(page, 'factor-begin').click()
    secret = (await named(page, 'factor-secret').innerText()).trim()
    // The code of the half minute before: the present one is then still unused, and a code works once.
    await named(page, 'factor-code').fill(code(secret, period() - 1))
    await named(page, 'factor-confirm').click()
    await named(page, 'recovery-codes').waitFor()
    assert.ok((await named(page, 'recovery-codes').locator('code').count()) >= 8, 'recovery codes')
    await named(page, 'recovery-kept').click()
    await named(page, 'recovery-codes').waitFor({ state: 'detached' })
    await named(page, 'account-menu').click()
    await named(page, 'logout').click()
    await page.waitForURL('**/console/login*')
  })

  await step('the password alone does not open the console', async () => {
    await enter(page, 'careful', server.password)
    await named(page, 'login-code').fill('000000')
    await named(page, 'login-submit').click()
    await named(page, 'login-error').filter({ hasText: '验证码不正确' }).waitFor()
    await named(page, 'login-code').fill(code(secret))
    await named(page, 'login-submit').click()
    await named(page, 'account-menu').waitFor()
  })

  await step('guessing is slowed down, for the right password too, and then forgiven', async () => {
    await account(server, 'guessed', ['auditor@demo-museum'])
    const door = await open(desk)
    await door.goto('/console/login')
    const error = named(door, 'login-error')
    const guess = async (password) => {
      const answer = await answered(door, 'POST', /\/api\/v1\/session$/, () => enter(door, 'guessed', password))
      return answer.status()
    }
    let status = 0
    for (let i = 0; i < 12 && status !== 429; i += 1) {
      status = await guess(`no password ${i}`)
      assert.ok([401, 429].includes(status), `a wrong password is answered by ${status}`)
      await error.waitFor()
    }
    assert.equal(status, 429, 'guessing is never slowed down')
    assert.match(await error.innerText(), /登录失败次数过多。请在 \d+ 秒后重试/)
    assert.equal(await guess(server.password), 429)
    for (let i = 0; i < 40 && status !== 200; i += 1) {
      const wait = Number(/(\d+) 秒/.exec(await error.innerText())?.[1] ?? 1)
      await door.waitForFunction((end) => Date.now() >= end, Date.now() + wait * 1000, { polling: 200 })
      status = await guess(server.password)
    }
    assert.equal(status, 200)
    await named(door, 'account-menu').waitFor()
  })

  await step('a session that ended asks for the password and keeps the page and what was typed', async () => {
    await account(server, 'patient', ['registrar@demo-museum'])
    const elsewhere = await Api.login(server, 'patient')
    const record = await draft(elsewhere, { name: { zh: '旅程错金铜镇' } })
    const mine = await open(desk)
    await login(mine, 'patient', server.password)
    await mine.goto(`/console/relics/${record.id}`)
    await named(mine, 'field-name.en').fill('Weight inlaid with gold')
    const sessions = (await elsewhere.get('/api/v1/sessions')).body.items
    const other = sessions.filter((s) => !s.current && s.agent.includes('Chrome'))
    assert.equal(other.length, 1, 'the session of the browser')
    await elsewhere.want('DELETE', `/api/v1/sessions/${other[0].id}`)

    const refused = await answered(mine, 'PUT', /\/relics\//, () => named(mine, 'record-save').click())
    assert.equal(refused.status(), 401)
    const again = mine.getByRole('dialog').filter({ has: named(mine, 'login-password') })
    await again.waitFor()
    await again.getByText(/登录.*(结束|过期|失效)/).first().waitFor()
    await named(mine, 'login-password').fill(server.password)
    await named(mine, 'login-submit').click()
    await again.waitFor({ state: 'hidden' })
    assert.match(mine.url(), new RegExp(`/console/relics/${record.id}$`))
    assert.equal(await named(mine, 'field-name.en').inputValue(), 'Weight inlaid with gold')
    const saved = await answered(mine, 'PUT', /\/relics\//, () => named(mine, 'record-save').click())
    assert.equal(saved.status(), 200)
  })
})
