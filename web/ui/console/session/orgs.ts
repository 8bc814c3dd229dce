import { computed, ref, shallowRef, watch } from 'vue'
import { readAll } from '@shared/api/pages'
import type { components } from '@shared/api/schema'
import { remember, remembered } from '@shared/state/storage'
import { type Action, can, mayEverywhere } from './permissions'
import { api, session } from './session'
import type { Text } from '@shared/i18n'

export type Org = components['schemas']['OrgView']
export type OrgKind = Org['kind']

const all = shallowRef<Org[]>([])
const chosen = ref(remembered('org') ?? '')

/** Reads every organisation; there are few. */
export async function loadOrgs(): Promise<void> {
  all.value = await readAll<Org>(api, '/orgs')
}

/** The organisations and the one that the screen is about; '' is all that one may see. */
export function useOrgs() {
  const within = (action: Action) => all.value.filter((o) => can(action, o.id))
  const choice = computed({
    get: () => (all.value.some((o) => o.id === chosen.value) ? chosen.value : ''),
    set: (id: string) => {
      chosen.value = id
      remember('org', id || undefined)
    },
  })
  return {
    all,
    mine: computed(() => all.value.filter((o) => (['record.read', 'area.read', 'account.read', 'audit.read'] as const).some((a) => can(a, o.id)))),
    chosen: choice,
    /** Runs as soon as the organisations are known, and whenever another is chosen. */
    follow: (run: () => unknown) => watch([choice, all], () => all.value.length > 0 && void run(), { immediate: true }),
    within,
    /** The chosen organisation where one may do it, else the first such one, one of the kind before others, else ''. */
    actingIn: (action: Action, kind?: OrgKind): string => {
      if (chosen.value && can(action, chosen.value)) return chosen.value
      const list = within(action)
      return (list.find((o) => o.kind === kind) ?? list[0])?.id ?? ''
    },
    /** The organisation whose entries a list shows: the chosen one, '' for all where one may see all, else the first. */
    listing: (action: Action): string => {
      if (chosen.value && can(action, chosen.value)) return chosen.value
      return mayEverywhere(session.actor, action) ? '' : (within(action)[0]?.id ?? '')
    },
    /** Whether what the organisation keeps is made up, and says so. */
    simulated: (id: string): boolean => all.value.find((o) => o.id === id)?.simulated ?? false,
    nameOf: (id: string): Text => all.value.find((o) => o.id === id)?.name ?? { zh: id, en: id },
  }
}
