// run.mjs [--database URI] [JOURNEY …]: starts a server with the demo data, runs the journeys one after the other against
// it, stops it, and fails when a journey failed or the server complained. scripts/test-e2e calls it.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Server } from './lib/server.mjs'

const args = process.argv.slice(2)
const database = args[0] === '--database' ? args.splice(0, 2)[1] : ''
const folder = join(import.meta.dirname, 'journeys')
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.test.mjs') && (args.length === 0 || args.includes(basename(file, '.test.mjs'))))
  .sort()
  .map((file) => join(folder, file))
if (files.length === 0 || (args.length > 0 && files.length !== args.length)) {
  console.error(`no such journey: ${args.join(' ')}`)
  process.exit(2)
}

const begin = Date.now()
const server = await Server.start({ database })
const engine = database ? 'MongoDB' : 'SQLite'
console.log(`a server with the demo data on ${engine} is ready after ${((Date.now() - begin) / 1000).toFixed(1)} s`)
const runner = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files], {
  stdio: 'inherit',
  env: { ...process.env, ...server.told() },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => runner.kill(signal))
const code = await new Promise((done) => runner.once('exit', (exit) => done(exit ?? 1)))
const complaints = await server.stop()
for (const line of complaints) console.error(`server: ${line}`)
console.log(`${files.length} journeys on ${engine}: ${code === 0 && complaints.length === 0 ? 'passed' : 'FAILED'} after ${((Date.now() - begin) / 1000).toFixed(1)} s`)
process.exit(code || (complaints.length > 0 ? 1 : 0))
