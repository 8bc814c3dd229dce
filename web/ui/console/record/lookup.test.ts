import { flushPromises } from '@vue/test-utils'
import { effectScope } from 'vue'
import { expect, it } from 'vitest'
import { useLookup } from './lookup'

function begun() {
  const asked = new Map<string, { done: (found: string[]) => void; fail: (err: unknown) => void; signal: AbortSignal }>()
  const scope = effectScope()
  const lookup = scope.run(() =>
    useLookup<string>((typed, signal) => new Promise((done, fail) => {
      asked.set(typed, { done, fail, signal })
      signal.addEventListener('abort', () => fail(new DOMException('left', 'AbortError')))
    })),
  )!
  return { ...lookup, asked, scope }
}

it('the newest question counts, and is busy until it is answered', async () => {
  const { found, busy, look, asked } = begun()
  void look('a')
  void look('ab')
  expect(asked.get('a')!.signal.aborted).toBe(true)
  await flushPromises()
  expect([busy.value, found.value]).toEqual([true, []])
  asked.get('ab')!.done(['ab1'])
  await flushPromises()
  expect([busy.value, found.value]).toEqual([false, ['ab1']])
})

it('what fails finds nothing, and who leaves asks no more', async () => {
  const { found, look, asked, scope } = begun()
  void look('a')
  asked.get('a')!.done(['a1'])
  await flushPromises()
  void look('b')
  asked.get('b')!.fail(new Error('no network'))
  await flushPromises()
  expect(found.value).toEqual([])
  void look('c')
  scope.stop()
  expect(asked.get('c')!.signal.aborted).toBe(true)
})
