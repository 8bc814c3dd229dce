import { inject, type InjectionKey, onScopeDispose, provide, readonly, type Ref, ref } from 'vue'
import type { Client } from '@shared/api/client'
import type { Completion } from '../api'
import type { NameBook, NameList } from './nameBook'

/** Where the list is kept between visits and without a network; a browser that keeps nothing fetches it each time. */
const store = 'yjy-names'
const path = '/search/names'
/** How long a list is taken for fresh before the server is asked whether there is another, milliseconds. */
const fresh = 5 * 60_000

interface Kept {
  etag: string
  /** When the server last said that this is its list. */
  at: string
  list: NameList
}

/** The names that this phone holds of the most famous records, shared by all search boxes. */
export interface Names {
  /** Counts what changes what can be found. */
  readonly version: Readonly<Ref<number>>
  /** How many records are held; 0 until the list is there. */
  readonly size: Readonly<Ref<number>>
  /** The instant when the list was last known to be the server's; '' until there is one. */
  readonly asOf: Readonly<Ref<string>>
  /** Somebody is about to search: reads what is kept, then asks the server for what is newer. Costs nothing when it was done just now. */
  wake: () => Promise<void>
  /** Titles that the text may be meant for; none until woken. */
  complete: (text: string, lang: 'zh' | 'en', most: number) => Completion[]
  /** Takes in what the server has named. */
  learn: (completions: readonly Completion[]) => void
}

/** Under which the guide's names are provided. */
export const namesKey: InjectionKey<Names> = Symbol('names')

export function useNames(): Names {
  const names = inject(namesKey, undefined)
  if (!names) throw new Error('guide: no names are provided')
  return names
}

export function provideNames(names: Names): void {
  provide(namesKey, names)
}

const isList = (list: NameList | undefined): list is NameList => Array.isArray(list?.records) && typeof list.characters === 'object' && list.characters !== null

async function read(): Promise<Kept | undefined> {
  try {
    const kept = (await (await (await caches.open(store)).match(path))?.json()) as Kept | undefined
    return kept && typeof kept.etag === 'string' && !Number.isNaN(Date.parse(kept.at)) && isList(kept.list) ? kept : undefined
  } catch {
    return undefined // no such store here, or it was tidied up
  }
}

async function keep(kept: Kept): Promise<void> {
  try {
    await (await caches.open(store)).put(path, new Response(JSON.stringify(kept), { headers: { 'Content-Type': 'application/json' } }))
  } catch {
    return // this visit has it all the same
  }
}

const breath = () => new Promise<void>((go) => setTimeout(go))

/** The names of one guide. The code that compares them is fetched when somebody wakes them. `now` is replaced in tests. */
export function createNames(api: Client, now: () => number = Date.now): Names {
  const version = ref(0)
  const size = ref(0)
  const asOf = ref('')
  let book: NameBook | undefined
  let early: Completion[] = [] // named before there was a book
  let kept: Kept | undefined
  let asked = -Infinity
  let waking: Promise<void> | undefined

  async function show(next: Kept): Promise<void> {
    kept = next
    asOf.value = next.at
    const filling = book!.fill(next.list, breath)
    version.value += 1
    await filling
    size.value = book!.size
    version.value += 1
  }

  async function load(): Promise<void> {
    if (!book) {
      book = new (await import('./nameBook')).NameBook()
      book.learn(early)
      early = []
      const old = await read()
      if (old) await show(old)
    }
    const answer = await api.send<NameList>('GET', path, { ...(kept && { ifNoneMatch: kept.etag }) })
    if (answer.status !== 304 && !isList(answer.data)) throw new Error('this is no list of names')
    asked = now()
    const next: Kept = { etag: answer.etag, at: new Date(asked).toISOString(), list: answer.status === 304 ? kept!.list : answer.data }
    if (answer.status === 304) {
      kept = next
      asOf.value = next.at
    } else {
      await show(next)
    }
    await keep(next)
  }

  async function wake(): Promise<void> {
    if (now() - asked < fresh) return
    waking ??= load()
      .catch((err: unknown) => console.info('guide: the list of names did not come', err))
      .finally(() => (waking = undefined))
    return waking
  }

  return {
    version: readonly(version),
    size: readonly(size),
    asOf: readonly(asOf),
    wake,
    complete: (text, lang, most) => book?.complete(text, lang, most) ?? [],
    learn: (completions) => (book ? book.learn(completions) : void early.push(...completions)),
  }
}

/** Wakes the names when the page has long been shown and does nothing, so that the first letter finds them there; not where data is to be spared. */
export function wakeWhenIdle(names: Names): void {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return
  const idle = window.requestIdleCallback ?? ((go: () => void) => setTimeout(go, 1))
  const timer = setTimeout(() => idle(() => void names.wake()), 6000)
  onScopeDispose(() => clearTimeout(timer))
}
