import { effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeLive, openLive, useLiveAgain } from './live'

vi.mock('../session/permissions', () => ({ can: () => true }))

/** The stream of the page, told by hand. */
let stream: EventTarget
class Stream extends EventTarget {
  constructor() {
    super()
    stream = this
  }
  close(): void {}
}
const tell = (topic: string) => stream.dispatchEvent(new MessageEvent('change', { data: JSON.stringify({ topic, id: 'd1', org: 'demo-museum', rev: 2, op: 'put' }) }))

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Stream)
  openLive()
})
afterEach(() => {
  closeLive()
  vi.useRealTimers()
})

describe('a screen is read again', () => {
  function screen() {
    const again = vi.fn()
    const scope = effectScope()
    scope.run(() => useLiveAgain((change) => change.topic === 'devices', again, 2000))
    return { again, scope }
  }
  it('once for all that changes in a while, also when changes do not cease', () => {
    const { again, scope } = screen()
    for (let i = 0; i < 55; i++) {
      tell('devices')
      vi.advanceTimersByTime(100)
    }
    expect(again).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(10_000)
    expect(again).toHaveBeenCalledTimes(3)
    scope.stop()
  })
  it('when something was missed, not for what is none of its concern', () => {
    const { again, scope } = screen()
    tell('relics')
    vi.advanceTimersByTime(10_000)
    expect(again).not.toHaveBeenCalled()
    stream.dispatchEvent(new Event('resync'))
    vi.advanceTimersByTime(2000)
    expect(again).toHaveBeenCalledTimes(1)
    scope.stop()
  })
  it('not after it was left', () => {
    const { again, scope } = screen()
    tell('devices')
    scope.stop()
    tell('devices')
    vi.advanceTimersByTime(10_000)
    expect(again).not.toHaveBeenCalled()
  })
})
