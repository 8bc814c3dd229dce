// overview.mjs: docs/images/overview.png, three screens of the guide on a phone before one of the console, from the pictures
// that screens.mjs took.
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { launch, screenshots } from './lib/browser.mjs'
import { root } from './lib/server.mjs'

const picture = (name) => `data:image/png;base64,${readFileSync(join(screenshots, `${name}.png`)).toString('base64')}`
const phone = (name) => `<img class="phone" src="${picture(name)}" alt="">`
const html = `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; width: 1280px; padding: 36px 40px; box-sizing: border-box; background: #e9e4d8; display: grid; grid-template-columns: repeat(3, 196px) 1fr; gap: 24px; align-items: center }
img { display: block; border: 1px solid #cfc7b5; background: #fff }
.phone { width: 196px; border-radius: 18px }
.desk { width: 100%; border-radius: 10px }
</style>${['guide-home-phone', 'guide-relic-phone', 'guide-map-phone'].map(phone).join('')}<img class="desk" src="${picture('console-relic-desk')}" alt="">`
const file = join(root, 'docs/images/overview.png')
mkdirSync(dirname(file), { recursive: true })
const browser = await launch()
const page = await browser.newPage({ viewport: { width: 1280, height: 400 } })
await page.setContent(html)
await page.screenshot({ path: file, fullPage: true })
await browser.close()
const kB = Math.round(statSync(file).size / 1000)
console.log(`${file}: ${kB} kB`)
if (kB > 400) process.exit(1)
