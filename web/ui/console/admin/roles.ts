import { shallowRef } from 'vue'
import type { components } from '@shared/api/schema'
import { useLang } from '@shared/i18n'
import { useOrgs } from '../session/orgs'
import { api } from '../session/session'
import { useProblem } from '../ui/problem'

export type Grant = components['schemas']['Grant']

const roles = shallowRef<components['schemas']['RoleView'][]>([])
let asked: Promise<void> | undefined

/** The roles that there are, and what a grant is called. They are read once, however many ask; after a failure again. */
export function useRoles() {
  const { t, say } = useLang()
  const { tell } = useProblem()
  const orgs = useOrgs()
  asked ??= api.get<{ items: components['schemas']['RoleView'][] }>('/roles').then(
    (answer) => void (roles.value = answer.items),
    (err: unknown) => {
      asked = undefined
      tell(err)
    },
  )
  const roleName = (code: string): string => say(roles.value.find((r) => r.code === code)?.label) || code
  return {
    roles,
    /** 总账管理员; a role that is not known by its code. */
    roleName,
    /** 总账管理员 · 示范博物馆. */
    grantName: (g: Grant): string => `${roleName(g.role)} · ${g.org === '*' ? t('account.cityWide') : say(orgs.nameOf(g.org))}`,
  }
}
