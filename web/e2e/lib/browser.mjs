import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'

export const screenshots = resolve(import.meta.dirname, '../screenshots')
export const phoneSize = { width: 390, height: 844 }
export const deskSize = { width: 1440, height: 900 }

/** Starts the browser that scripts/chromium found, with a profile of its own. */
export function launch() {
  const executablePath = process.env.YJY_TEST_CHROMIUM
  if (!executablePath) throw new Error('YJY_TEST_CHROMIUM names no browser: run the journeys by scripts/test-e2e')
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
  return chromium.launch({ executablePath, args, chromiumSandbox: process.getuid?.() !== 0 })
}

/** The settings of a phone and of a desk; both speak Chinese first and are asked for no permission. */
export const phone = { viewport: phoneSize, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }
export const desk = { viewport: deskSize, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true }

/** Opens a page of a browser of its own: own cookies, own storage. Uncaught errors and broken rules of the page are collected. */
export async function visitor(browser, url, options) {
  const context = await browser.newContext({ baseURL: url, ...options })
  context.setDefaultTimeout(20_000)
  context.troubles = []
  context.on('page', (page) => watch(page, context.troubles))
  const page = await context.newPage()
  return page
}

function watch(page, troubles) {
  page.on('pageerror', (err) => troubles.push(`uncaught: ${err.stack ?? err}`))
  page.on('console', (message) => {
    // A refused request is told to the console too; whether it may be refused is for the journey to say.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) troubles.push(`console: ${message.text()}`)
  })
  page.on('response', (response) => response.status() >= 500 && troubles.push(`${response.status()} ${response.url()}`))
}

/** Keeps what the screen shows, for whoever looks why a journey failed. */
export async function keep(browser, name) {
  const folder = join(screenshots, 'failures')
  mkdirSync(folder, { recursive: true })
  let n = 0
  for (const context of browser.contexts()) {
    for (const page of context.pages()) {
      n += 1
      const file = join(folder, `${name}-${n}.png`)
      await page.screenshot({ path: file }).catch(() => {})
      console.error(`${page.url()} is shown in ${file}`)
    }
  }
}
