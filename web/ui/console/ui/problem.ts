import { ElMessage } from 'element-plus'
import { ApiError, isAbort } from '@shared/api/error'
import { useLang } from '@shared/i18n'

/** Says in words what went wrong: the server's own sentence where there is one. */
export function useProblem() {
  const { t } = useLang()
  function sentence(err: unknown): string {
    if (!(err instanceof ApiError)) return t('state.error')
    if (err.message) return err.message
    if (err.code === 'client.timeout') return t('state.timeout')
    if (err.offline) return t('state.offline')
    return t(err.status === 429 ? 'state.tooMany' : 'state.error')
  }
  return {
    sentence,
    /** Shows it above the page; what the reader left or what the login answers is not shown. */
    tell: (err: unknown): void => {
      if (isAbort(err) || (err instanceof ApiError && err.status === 401)) return
      if (!(err instanceof ApiError)) console.error(err)
      const fields = err instanceof ApiError ? err.fields.map((f) => f.message) : []
      ElMessage({ type: 'error', message: [sentence(err), ...fields].join(' '), duration: 8000, showClose: true, grouping: true })
    },
    done: (message: string): void => void ElMessage({ type: 'success', message, duration: 2500, grouping: true }),
  }
}
