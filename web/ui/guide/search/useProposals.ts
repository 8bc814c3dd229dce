import { computed, onScopeDispose, readonly, type Ref, ref, shallowRef, watch } from 'vue'
import { ApiError } from '@shared/api/error'
import { useLang } from '@shared/i18n'
import { useRequest } from '@shared/state/useRequest'
import { type Suggestions, useApi } from '../api'
import { useNames } from './names'
import { keyOf, mostOwn, type Proposal, propose, settle } from './propose'

/**
 * What the list under the box is: nothing typed; the phone's own names, the server not having answered yet; nothing of its
 * own, the list still being that of an earlier text or empty; the server's answer; or, for want of a network, what the phone
 * holds.
 */
export type Standing = 'recent' | 'own' | 'asking' | 'answered' | 'offline'

/** The first letter is asked for at once; those that follow this fast wait until the last of them, milliseconds. */
const pause = 80

/**
 * Proposes while one types. The names that the phone holds are listed in the turn of the letter; the server's answer settles
 * among them without moving a line, and never while one is pressed. Answers that fail are simply not there.
 */
export function useProposals(typed: Readonly<Ref<string>>, composing: Readonly<Ref<boolean>>, recent: Readonly<Ref<readonly string[]>>) {
  const api = useApi()
  const names = useNames()
  const { lang } = useLang()
  const list = shallowRef<Proposal[]>([])
  /** The text that the list is for. */
  const of = ref('')
  const active = ref(-1)
  const answered = shallowRef<{ q: string; answer: Suggestions }>()
  const unreached = ref('')
  let pressed = false

  const suggest = useRequest<Suggestions, [string]>(
    async (signal, q) => {
      try {
        const answer = await api.get<Suggestions>('/suggest', { q }, signal)
        unreached.value = ''
        names.learn(answer.completions)
        answered.value = { q, answer }
        take()
        return answer
      } catch (err) {
        if (err instanceof ApiError && err.offline) {
          unreached.value = q
          show()
        }
        throw err
      }
    },
    { keep: true },
  )

  const standing = computed<Standing>(() => {
    if (!typed.value) return 'recent'
    if (answered.value?.q === typed.value) return 'answered'
    if (unreached.value === typed.value) return 'offline'
    return list.value.length > 0 && of.value === typed.value ? 'own' : 'asking'
  })

  /** Lists what the phone holds; where that is nothing and the server is asked, what stands there goes on standing. */
  function show(): void {
    if (answered.value?.q === typed.value) return take()
    const own = propose(typed.value, recent.value, typed.value ? names.complete(typed.value, lang.value === 'en' ? 'en' : 'zh', mostOwn) : [])
    if (typed.value && own.length === 0 && unreached.value !== typed.value) return
    list.value = own
    of.value = typed.value
  }

  /** Takes in the answer, when it is for what is typed now. */
  function take(): void {
    if (pressed || answered.value?.q !== typed.value) return
    const chosen = list.value[active.value]
    list.value = settle(of.value === typed.value ? list.value : [], answered.value.answer, chosen && keyOf(chosen))
    of.value = typed.value
    active.value = chosen ? list.value.findIndex((p) => keyOf(p) === keyOf(chosen)) : -1
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  let last = -Infinity
  const stop = (): void => clearTimeout(timer)
  onScopeDispose(stop)
  function ask(): void {
    stop()
    const q = typed.value
    if (!q || composing.value || answered.value?.q === q) return
    const since = performance.now() - last
    last = performance.now()
    if (since > pause) void suggest.run(q)
    else timer = setTimeout(() => void suggest.run(q), pause)
  }

  watch(typed, () => {
    active.value = -1
    show()
    ask()
  })
  watch(recent, () => !typed.value && show())
  watch(names.version, () => standing.value !== 'answered' && show())
  watch(lang, () => {
    answered.value = undefined // titles come in the language of the question
    show()
  })
  show()

  return {
    list: readonly(list) as Readonly<Ref<readonly Proposal[]>>,
    of: readonly(of),
    standing,
    busy: suggest.busy,
    active,
    ask,
    stop,
    show,
    /** A finger is on the list, or no longer: no line is exchanged under it. */
    press: (on: boolean): void => {
      pressed = on
      if (!on) take()
    },
  }
}
