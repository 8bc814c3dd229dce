import type { IconName } from '@shared/components/icons'
import { kinds } from '../record/kinds'
import { can } from '../session/permissions'

export interface NavItem {
  /** Key below `nav`; the address is the same word. */
  name: string
  icon: IconName
}

/** What the actor may open, in groups. */
export function navigation(): { name: string; items: NavItem[] }[] {
  const records = (heritage: boolean) => Object.values(kinds).filter((k) => k.heritage === heritage && can(k.read)).map((k) => ({ name: k.plural, icon: k.icon }))
  const item = (name: string, icon: IconName, shown: boolean): NavItem[] => (shown ? [{ name, icon }] : [])
  return [
    {
      name: 'catalogue',
      items: [...item('search', 'search', can('record.read') || can('area.read')), ...records(true), ...item('imports', 'plus', can('record.import')), ...item('media', 'expand', can('record.read') || can('area.read')), ...item('tombstones', 'minus', can('record.read'))],
    },
    {
      name: 'onDuty',
      items: [...item('duty', 'warning', can('alarm.read')), ...item('movements', 'path', can('movement.read')), ...item('board', 'clock', can('area.read')), ...item('tags', 'ticket', can('device.read')), ...item('devices', 'locate', can('device.read')), ...item('zones', 'place', can('device.read')), ...item('rules', 'filter', can('device.read')), ...item('alarm-settings', 'phone', can('alarm.read'))],
    },
    { name: 'visitors', items: records(false) },
    {
      name: 'house',
      items: [
        ...item('accounts', 'id', can('account.read')),
        ...item('orgs', 'museum', can('account.read')),
        ...item('keys', 'link', can('account.read')),
        ...item('audit', 'clock', can('audit.read')),
      ],
    },
  ].filter((group) => group.items.length > 0)
}
