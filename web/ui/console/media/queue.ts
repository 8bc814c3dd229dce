import { reactive } from 'vue'
import { isAbort } from '@shared/api/error'
import type { Asset, UploadOptions } from './upload'

export type SendingState = 'waiting' | 'sending' | 'done' | 'refused'

/** A file on its way. */
export interface Sending {
  key: number
  file: File
  state: SendingState
  share: number // sent, 0 to 1
  error: unknown // why it was refused
  asset: Asset | undefined // when done
}

export type Send = (file: File, options: UploadOptions) => Promise<Asset>

/**
 * Sends many files, a few at a time and in the order given. One that is refused stands in the list with its reason and
 * stops nobody else; it can be tried again or taken out. Taking out one that is on its way stops it.
 */
export function createQueue(send: Send, arrived: (asset: Asset) => void = () => {}, atOnce = 3) {
  const list = reactive<Sending[]>([])
  const stops = new Map<number, AbortController>()
  let next = 0

  function pump(): void {
    for (const one of list) {
      if (stops.size >= atOnce) return
      if (one.state === 'waiting') void go(one)
    }
  }
  async function go(one: Sending): Promise<void> {
    const stop = new AbortController()
    stops.set(one.key, stop)
    one.state = 'sending'
    one.error = undefined
    try {
      one.asset = await send(one.file, { progress: (share) => (one.share = share), signal: stop.signal })
      one.share = 1
      one.state = 'done'
      arrived(one.asset)
    } catch (err) {
      if (!isAbort(err)) {
        one.state = 'refused'
        one.error = err
      }
    } finally {
      stops.delete(one.key)
      pump()
    }
  }

  return {
    list: list as readonly Sending[],
    add(files: Iterable<File>): void {
      for (const file of files) list.push({ key: (next += 1), file, state: 'waiting', share: 0, error: undefined, asset: undefined })
      pump()
    },
    again(key: number): void {
      const one = list.find((s) => s.key === key)
      if (one?.state !== 'refused') return
      one.state = 'waiting'
      one.share = 0
      pump()
    },
    remove(key: number): void {
      stops.get(key)?.abort()
      const i = list.findIndex((s) => s.key === key)
      if (i >= 0) list.splice(i, 1)
    },
    /** Takes out what has arrived. */
    tidy(): void {
      for (let i = list.length - 1; i >= 0; i -= 1) if (list[i]!.state === 'done') list.splice(i, 1)
    },
  }
}
