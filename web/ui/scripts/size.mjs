// Measures what a reader's first screen of the guide makes the browser fetch, and fails above the budget.
// The first screen is the entry with everything that it imports statically; the home page is part of it.
import { readFileSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'

const budget = { js: 150_000, css: 40_000 }
const dist = fileURLToPath(new URL('../dist/', import.meta.url))
let manifest
try {
  manifest = JSON.parse(readFileSync(`${dist}manifest.json`, 'utf8'))
} catch {
  console.error('size: there is no build to measure; run `npm run build` first')
  process.exit(1)
}

function closure(keys, seen = new Set()) {
  for (const key of keys) {
    if (seen.has(key)) continue
    const chunk = manifest[key]
    if (!chunk) throw new Error(`size: ${key} is not in the build manifest`)
    seen.add(key)
    closure(chunk.imports ?? [], seen)
  }
  return seen
}

function measure(keys) {
  const files = { js: new Set(), css: new Set() }
  for (const key of closure(keys)) {
    const chunk = manifest[key]
    if (chunk.file.endsWith('.js')) files.js.add(chunk.file)
    for (const css of chunk.css ?? []) files.css.add(css)
    if (chunk.file.endsWith('.css')) files.css.add(chunk.file)
  }
  const sum = (set) => [...set].reduce((n, file) => n + gzipSync(readFileSync(dist + file), { level: 9 }).length, 0)
  return { js: sum(files.js), css: sum(files.css), files: [...files.js, ...files.css] }
}

const kB = (n) => `${(n / 1000).toFixed(1)} kB`
const entry = 'index.html'
const first = measure([entry])
const map = Object.keys(manifest).find((key) => key.endsWith('shared/map/draw.ts'))
for (const [name, keys] of [['guide, first screen', [entry]], ['map, when opened', [map]], ['console, entry', ['console/index.html']]]) {
  const m = measure(keys.filter(Boolean))
  console.log(`${name.padEnd(22)} script ${kB(m.js).padStart(9)}  style ${kB(m.css).padStart(8)}   (gzip)`)
}
for (const file of first.files) {
  if (/maplibre|openseadragon|element-plus|draw-|SearchMap|nameBook/.test(file)) throw new Error(`size: ${file} must not load with the first screen`)
  statSync(dist + file)
}
for (const kind of ['js', 'css']) {
  if (first[kind] > budget[kind]) {
    console.error(`size: the first screen needs ${kB(first[kind])} of ${kind}, the budget is ${kB(budget[kind])}`)
    process.exit(1)
  }
}
