import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { keep, launch, visitor } from './browser.mjs'
import { Server } from './server.mjs'

/**
 * Declares a journey: a story with its own browser, told in steps. A step that fails leaves pictures of all open pages;
 * a page with uncaught errors, or an answer of 500 and more, fails the journey at its end.
 */
export function journey(name, tell) {
  const server = Server.known()
  let browser
  before(async () => (browser = await launch()))
  after(async () => browser?.close())
  test(name, async (t) => {
    let broken = false // the rest of a story that broke off has no meaning
    const step = (what, fn) =>
      t.test(what, { skip: broken && 'an earlier step failed' }, async () => {
        try {
          await fn()
        } catch (err) {
          broken = true
          await keep(browser, name.replace(/\s+/g, '-'))
          throw err
        }
      })
    await tell({ server, browser, step, open: (options) => visitor(browser, server.url, options), note: (text) => t.diagnostic(text) })
    if (!broken) assert.deepEqual(browser.contexts().flatMap((c) => c.troubles ?? []), [], 'troubles of the pages')
  })
}
