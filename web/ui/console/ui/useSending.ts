import { ref } from 'vue'
import { errorsBeside, errorsOf } from './errors'
import { useProblem } from './problem'

/**
 * The sending of a form: whether it is under way, and what the server refused. `shown` tells which fields say by themselves
 * what is wrong with them; the rest stands in `wrong`.
 */
export function useSending(shown: (path: string) => boolean = () => false) {
  const { sentence } = useProblem()
  const sending = ref(false)
  const errors = ref(new Map<string, string>())
  const wrong = ref('')
  return {
    sending,
    errors,
    wrong,
    /** Forgets what was refused. */
    clear: (): void => {
      wrong.value = ''
      errors.value = new Map()
    },
    /** Sends; never rejects. `failed` hears of an error after it was shown. */
    send: async (fn: () => Promise<unknown>, failed?: (err: unknown) => void): Promise<void> => {
      sending.value = true
      wrong.value = ''
      errors.value = new Map()
      try {
        await fn()
      } catch (err) {
        errors.value = errorsOf(err)
        wrong.value = `${sentence(err)} ${errorsBeside(errors.value, shown)}`.trim()
        failed?.(err)
      } finally {
        sending.value = false
      }
    },
  }
}
