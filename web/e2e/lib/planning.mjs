// planning.mjs: what journeys do on a page that plans.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { screenshots } from './browser.mjs'

/** Acts on a page and returns the question that it asked of the planner, and the answer. */
export async function answered(page, act) {
  const answer = page.waitForResponse((r) => r.url().endsWith('/api/v1/plans'))
  await act()
  const got = await answer
  assert.equal(got.status(), 200)
  return { asked: got.request().postDataJSON(), plan: await got.json() }
}

/** Takes a picture of a page into web/e2e/screenshots. */
export async function picture(page, name, options = {}) {
  mkdirSync(screenshots, { recursive: true })
  await page.screenshot({ path: join(screenshots, `${name}.png`), ...options })
}
