import { describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { ApiError } from '../api/error'
import { type RequestOptions, useRequest } from './useRequest'

function deferred<T>() {
  let ok!: (v: T) => void
  let no!: (e: unknown) => void
  const promise = new Promise<T>((a, b) => ([ok, no] = [a, b]))
  return { promise, ok, no }
}

function inScope<T>(fn: () => T) {
  const scope = effectScope()
  return { value: scope.run(fn)!, stop: () => scope.stop() }
}

function follow(options: RequestOptions<string[]> = {}) {
  const asked: { signal: AbortSignal; answer: ReturnType<typeof deferred<string[]>> }[] = []
  const { value, stop } = inScope(() =>
    useRequest<string[], [string]>((signal, _q) => {
      const answer = deferred<string[]>()
      asked.push({ signal, answer })
      return answer.promise
    }, options),
  )
  return { request: value, asked, stop }
}

describe('useRequest', () => {
  it.each([
    ['ready', ['鼎']],
    ['empty', []],
  ])('ends %s', async (want, answer) => {
    const { request, asked } = follow({ empty: (list) => list.length === 0 })
    expect(request.state.value).toBe('idle')
    const done = request.run('鼎')
    expect([request.state.value, request.busy.value]).toEqual(['loading', true])
    asked[0]!.answer.ok(answer)
    await done
    expect([request.state.value, request.busy.value]).toEqual([want, false])
  })

  it.each([
    ['error', new ApiError({ status: 500, code: 'http.500' })],
    ['offline', new ApiError({ status: 0, code: 'client.offline' })],
  ])('ends %s and can be tried again', async (want, err) => {
    const { request, asked } = follow()
    const done = request.run('鼎')
    asked[0]!.answer.no(err)
    await done
    expect([request.state.value, request.error.value]).toEqual([want, err])
    const again = request.retry()
    asked[1]!.answer.ok(['鼎'])
    await again
    expect([request.state.value, request.error.value]).toEqual(['ready', undefined])
  })

  it('abandons the older request, whatever comes back from it', async () => {
    const { request, asked } = follow()
    const first = request.run('莲')
    const second = request.run('莲鹤')
    expect(asked[0]!.signal.aborted).toBe(true)
    asked[1]!.answer.ok(['莲鹤方壶'])
    asked[0]!.answer.ok(['莲花'])
    await Promise.all([first, second])
    expect(request.data.value).toEqual(['莲鹤方壶'])
  })

  it('keeps the old answer on the screen when told so', async () => {
    const { request, asked } = follow({ keep: true })
    const first = request.run('a')
    asked[0]!.answer.ok(['one'])
    await first
    const second = request.run('b')
    expect([request.state.value, request.busy.value, request.data.value]).toEqual(['ready', true, ['one']])
    asked[1]!.answer.ok(['two'])
    await second
    expect(request.data.value).toEqual(['two'])
  })

  it('stops asking when its component goes away', async () => {
    const { request, asked, stop } = follow()
    const done = request.run('x')
    stop()
    expect(asked[0]!.signal.aborted).toBe(true)
    asked[0]!.answer.ok(['late'])
    await done
    expect(request.data.value).toBeUndefined()
  })
})
