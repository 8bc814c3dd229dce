import { Api } from './api.mjs'

/** The element that the console names for tests. */
export const named = (page, id) => page.locator(`[data-testid="${id}"]`)

/** Logs in on the screen. Where it leads to is for the caller to wait for. */
export async function enter(page, account, password) {
  await named(page, 'login-account').fill(account)
  await named(page, 'login-password').fill(password)
  await named(page, 'login-submit').click()
}

/** Opens the console and logs in. */
export async function login(page, account, password) {
  await page.goto('/console/login')
  await enter(page, account, password)
  await named(page, 'account-menu').waitFor()
}

/** Gives a page the session of an Api: the login screen has a journey of its own. */
export async function sitDown(page, api) {
  const [name, value] = api.headers.Cookie.split('=')
  await page.context().addCookies([{ name, value, url: api.url, httpOnly: true }])
}

/**
 * Chooses an option of a select by its words; `typed` narrows the options first. The list of another select may still be
 * closing: only that of this one is looked at.
 */
export async function choose(page, select, words, typed = '') {
  await select.click()
  if (typed) await select.getByRole('combobox').fill(typed)
  const list = await select.getByRole('combobox').getAttribute('aria-controls')
  await page.locator(`[id="${list}"]`).getByRole('option', { name: words, exact: true }).click()
}

/** Clicks and waits for the answer of the request that the click sends. */
export async function answered(page, method, path, act) {
  const answer = page.waitForResponse((r) => r.request().method() === method && path.test(new URL(r.url()).pathname))
  await act()
  return answer
}

/**
 * Creates an account by the command line beside the running server, as an administrator does, and sets its own password,
 * which the first login asks for.
 */
export async function account(server, name, grants, org) {
  const first = `first-${server.password}`
  const flags = grants.flatMap((grant) => ['--grant', grant])
  await server.command(['user', 'create', name, '--display', `旅程账号·${name}`, ...(org ? ['--org', org] : []), ...flags], `${first}\n`)
  const api = await Api.login(server, name, { password: first })
  await api.want('PUT', '/api/v1/session/password', { current: first, new: server.password })
}

/** A new draft of the model museum, made over the API. */
export async function draft(api, fields, org = 'demo-museum') {
  return (await api.want('POST', '/api/v1/relics', { org, fields: { simulated: true, ...fields } })).body
}

/** Takes a step of a life of a record over the API, on its newest revision. */
export async function step(api, id, life, name) {
  const path = `/api/v1/relics/${id}`
  const { headers } = await api.get(`${path}?view=staff`)
  return (await api.want('POST', `${path}/${life}`, { step: name }, { 'If-Match': headers.get('etag') })).body
}
