import { createRouter, createWebHistory } from 'vue-router'
import { session, loadSession } from './session/session'

/** The pages of the console. Only the login is open; the others wait until it is known who is there. */
export function createConsoleRouter() {
  const router = createRouter({
    history: createWebHistory('/console'),
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
    routes: [
      { path: '/', name: 'home', component: () => import('./pages/Home.vue') },
      { path: '/login', name: 'login', component: () => import('./session/Login.vue'), meta: { open: true } },
      { path: '/me', name: 'me', component: () => import('./session/Me.vue') },
      { path: '/search', name: 'search', component: () => import('./search/Search.vue') },
      { path: '/imports', name: 'imports', component: () => import('./load/Loads.vue') },
      { path: '/imports/:id', name: 'import', component: () => import('./load/LoadPage.vue'), props: true },
      { path: '/media', name: 'media', component: () => import('./media/Library.vue') },
      { path: '/tombstones', name: 'tombstones', component: () => import('./record/Tombstones.vue') },
      { path: '/duty', name: 'duty', component: () => import('./duty/Duty.vue') },
      // where a notice of an alarm leads; one that was sent to try it out has none
      { path: '/alarms/:id?', redirect: (to) => ({ name: 'duty', query: { alarm: String(to.params.id ?? '') || undefined } }) },
      { path: '/movements', name: 'movements', component: () => import('./movement/Movements.vue') },
      { path: '/movements/new', name: 'movement-new', component: () => import('./movement/MovementNew.vue') },
      { path: '/movements/:id', name: 'movement', component: () => import('./movement/MovementPage.vue'), props: true },
      { path: '/devices', name: 'devices', component: () => import('./device/Devices.vue') },
      { path: '/zones', name: 'zones', component: () => import('./zone/Zones.vue') },
      { path: '/tags', name: 'tags', component: () => import('./device/Tags.vue') },
      { path: '/rules', name: 'rules', component: () => import('./rule/Rules.vue') },
      { path: '/alarm-settings', name: 'alarm-settings', component: () => import('./alarm/AlarmSettings.vue') },
      { path: '/board', name: 'board', component: () => import('./area/Board.vue') },
      { path: '/accounts', name: 'accounts', component: () => import('./admin/Accounts.vue') },
      { path: '/orgs', name: 'orgs', component: () => import('./admin/Orgs.vue') },
      { path: '/keys', name: 'keys', component: () => import('./admin/Keys.vue') },
      { path: '/audit', name: 'audit', component: () => import('./admin/Audit.vue') },
      { path: '/:plural(relics|sites|museums|exhibitions|places|areas|spots|paths|stories)', name: 'records', component: () => import('./record/RecordList.vue'), props: true },
      { path: '/:plural(relics|sites|museums|exhibitions|places|areas|spots|paths|stories)/:id', name: 'record', component: () => import('./record/RecordPage.vue'), props: true },
      { path: '/:rest(.*)*', name: 'missing', component: () => import('./pages/Missing.vue') },
    ],
  })
  router.beforeEach(async (to) => {
    if (!session.asked) {
      try {
        await loadSession()
      } catch {
        // no server: the login says so when it is tried
      }
    }
    if (!session.actor && !to.meta.open) return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
    if (session.actor && to.name === 'login') return { name: 'home' }
    // Nothing else is allowed before this is done.
    if (session.actor && session.actor.pending.length > 0 && to.name !== 'me') return { name: 'me', query: { next: to.fullPath } }
    return true
  })
  return router
}
