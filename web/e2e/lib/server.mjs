import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

export const root = resolve(import.meta.dirname, '../../..')
const program = process.env.YJY_TEST_PROGRAM || join(root, 'bin/yijianyou')

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

/** The environment without the settings of whoever runs the tests. */
function clean() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('YJY_')))
}

/** Asks again, ten times a second, until `ready` returns something true. The deadline only ends a wait that nothing will end. */
export async function until(what, ready, seconds = 120) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const got = await ready()
    if (got) return got
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`)
    await new Promise((go) => setTimeout(go, 100))
  }
}

/** A server with the demo data in a directory of its own, gone with `stop`. */
export class Server {
  /** pictures is the long side of the demo drawings; database is a MongoDB URI, none for the embedded store. */
  static async start({ pictures = 2048, database = '' } = {}) {
    const server = new Server()
    server.folder = mkdtempSync(join(tmpdir(), 'yijianyou-e2e-'))
    server.data = join(server.folder, 'data')
    server.database = database
    server.password = `q7-${randomBytes(12).toString('hex')}` // hexadecimal: no account name can be in it
    server.url = `http://127.0.0.1:${await freePort()}`
    server.log = join(server.folder, 'log')
    const out = openSync(server.log, 'w')
    server.process = spawn(
      program,
      ['serve', '--demo', '--demo-pictures', String(pictures), '--listen', server.url.slice('http://'.length), '--mqtt-listen', '127.0.0.1:0', '--public-url', server.url, ...server.place()],
      { env: { ...clean(), YJY_DEMO_PASSWORD: server.password }, stdio: ['ignore', out, out] },
    )
    closeSync(out)
    server.ended = new Promise((done) => server.process.once('exit', (code, signal) => done({ code, signal })))
    try {
      await server.ready(pictures > 0)
    } catch (err) {
      server.process.kill('SIGKILL')
      throw new Error(`${err.message}\n${server.said()}`)
    }
    return server
  }

  place() {
    return ['--data', this.data, ...(this.database ? ['--database', this.database] : [])]
  }

  said() {
    return readFileSync(this.log, 'utf8')
  }

  /** Waits until the demo is complete, found by search and, with pictures, cut into tiles. */
  async ready(pictured) {
    const alive = () => {
      if (this.process.exitCode !== null) throw new Error(`the server ended with ${this.process.exitCode}`)
    }
    await until('the demo data', () => (alive(), this.said().includes('demo data is complete')), 300)
    await until('the search', async () => {
      alive()
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined)
      if (!answer?.ok) return false
      const found = await (await fetch(`${this.url}/api/v1/search?${new URLSearchParams({ q: '莲鹤方壶' })}`)).json()
      const image = found.items?.[0]?.image
      if (!(found.total > 0)) return false
      return !pictured || (image && (await fetch(`${this.url}/iiif/image/3/${image}/info.json`)).ok)
    })
  }

  /** Runs another command of the program beside the server; input is what it reads. */
  async command(args, input = '') {
    const run = promisify(execFile)(program, [...args, ...this.place()], { env: clean() })
    run.child.stdin.end(input)
    return run
  }

  /** Stops the server and returns what is wrong with how it ended or with what it logged. */
  async stop() {
    this.process.kill('SIGTERM')
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 30_000)
    const { code, signal } = await this.ended
    clearTimeout(timer)
    const said = this.said()
    const bad = said.split('\n').filter((line) => /panic|level=ERROR/.test(line))
    rmSync(this.folder, { recursive: true, force: true })
    return [...(code === 0 ? [] : [`the server ended with ${signal ?? code}`]), ...bad]
  }

  /** What a journey, a process of its own, needs to know. */
  told() {
    const { url, password, data, database } = this
    return { YJY_TEST_SERVER: JSON.stringify({ url, password, data, database }) }
  }

  /** The server that `told` spoke of. */
  static known() {
    const told = process.env.YJY_TEST_SERVER
    if (!told) throw new Error('no server: run the journeys by scripts/test-e2e')
    return Object.assign(new Server(), JSON.parse(told))
  }
}
