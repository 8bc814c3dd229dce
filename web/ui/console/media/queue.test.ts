import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createQueue, type Send } from './queue'
import type { Asset } from './upload'

const file = (name: string) => new File(['x'], name)

/** A sender whose answers the test gives. */
function byHand() {
  const open = new Map<string, { done: (asset: Asset) => void; fail: (err: unknown) => void; progress: (share: number) => void; signal: AbortSignal }>()
  const send: Send = (f, { progress, signal }) =>
    new Promise((done, fail) => {
      open.set(f.name, { done, fail, progress, signal: signal! })
      signal!.addEventListener('abort', () => fail(new DOMException('stopped', 'AbortError')))
    })
  return { open, send, asset: (id: string) => ({ id }) as Asset }
}

it('sends so many at once, in order, and the next when one has arrived', async () => {
  const { open, send, asset } = byHand()
  const arrived: string[] = []
  const queue = createQueue(send, (a) => arrived.push(a.id), 2)
  queue.add([file('a'), file('b'), file('c')])
  expect([...open.keys()]).toEqual(['a', 'b'])
  open.get('b')!.progress(0.5)
  expect(queue.list.map((s) => [s.state, s.share])).toEqual([['sending', 0], ['sending', 0.5], ['waiting', 0]])
  open.get('b')!.done(asset('B'))
  await flushPromises()
  expect([...open.keys()]).toEqual(['a', 'b', 'c'])
  expect(arrived).toEqual(['B'])
  queue.tidy()
  expect(queue.list.map((s) => s.file.name)).toEqual(['a', 'c'])
})

it('a refused file stands with its reason, stops nobody, and can be tried again', async () => {
  const { open, send, asset } = byHand()
  const queue = createQueue(send, undefined, 1)
  queue.add([file('bad'), file('good')])
  open.get('bad')!.fail(new Error('no picture'))
  await flushPromises()
  expect(queue.list[0]).toMatchObject({ state: 'refused', error: new Error('no picture') })
  open.get('good')!.done(asset('G'))
  await flushPromises()
  queue.again(queue.list[0]!.key)
  expect(queue.list[0]).toMatchObject({ state: 'sending', error: undefined })
  open.get('bad')!.done(asset('B'))
  await flushPromises()
  expect(queue.list.map((s) => s.state)).toEqual(['done', 'done'])
})

it('taking out one that is on its way stops it and lets the next go', async () => {
  const { open, send } = byHand()
  const queue = createQueue(send, undefined, 1)
  queue.add([file('a'), file('b')])
  queue.remove(queue.list[0]!.key)
  await flushPromises()
  expect(open.get('a')!.signal.aborted).toBe(true)
  expect(queue.list.map((s) => [s.file.name, s.state])).toEqual([['b', 'sending']])
})
