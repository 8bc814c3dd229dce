import { createRouter, createWebHistory, type RouteLocationNormalized, type Router, type RouterHistory } from 'vue-router'
import Home from './pages/Home.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** The key of the page's title; a page about one record sets its own. */
    title?: string
    /** The entry of the bottom bar that is lit. */
    tab?: 'home' | 'search' | 'map' | 'about'
    /** The page keeps its place and its answers when one comes back. */
    keep?: boolean
    /** The page fills the window and has no footer. */
    full?: boolean
  }
}

/** The city of a plan, the area from which the visitor came, and a place that he wants. */
function cityPlan(to: RouteLocationNormalized): Record<string, string | undefined> {
  const of = (name: string) => (typeof to.query[name] === 'string' ? to.query[name] : undefined)
  return { city: String(to.params.city), from: of('from'), wanted: of('with') }
}

/** The screens of the guide. Home comes with the entry, so that the first screen needs no second fetch; each other is a chunk of its own. */
export function createGuideRouter(history: RouterHistory = createWebHistory('/')): Router {
  return createRouter({
    history,
    routes: [
      { path: '/', name: 'home', component: Home, meta: { tab: 'home', keep: true } },
      { path: '/search', name: 'search', component: () => import('./pages/Search.vue'), meta: { title: 'nav.search', tab: 'search', keep: true } },
      { path: '/map', name: 'map', component: () => import('./pages/Map.vue'), meta: { title: 'nav.map', tab: 'map', full: true } },
      { path: '/relics/:id', name: 'relic', component: () => import('./pages/Relic.vue'), props: true, meta: { tab: 'search' } },
      { path: '/sites/:id', name: 'site', component: () => import('./pages/Site.vue'), props: true, meta: { tab: 'search' } },
      { path: '/museums/:id', name: 'museum', component: () => import('./pages/Museum.vue'), props: true, meta: { tab: 'search' } },
      { path: '/exhibitions/:id', name: 'exhibition', component: () => import('./pages/Exhibition.vue'), props: true, meta: { tab: 'search' } },
      { path: '/places/:id', name: 'place', component: () => import('./pages/Place.vue'), props: true, meta: { tab: 'search' } },
      { path: '/areas/:id', name: 'area', component: () => import('./pages/Area.vue'), props: true, meta: { tab: 'search' } },
      { path: '/areas/:id/plan', name: 'plan', component: () => import('./pages/Plan.vue'), props: true, meta: { tab: 'search' } },
      { path: '/cities/:city/plan', name: 'city-plan', component: () => import('./pages/Plan.vue'), props: cityPlan, meta: { tab: 'search' } },
      { path: '/plan', name: 'plans', component: () => import('./pages/Plans.vue'), meta: { title: 'plan.title', tab: 'home' } },
      { path: '/spots/:id', name: 'spot', component: () => import('./pages/Spot.vue'), props: true, meta: { tab: 'search' } },
      { path: '/stories/:id', name: 'story', component: () => import('./pages/Story.vue'), props: true, meta: { tab: 'search' } },
      { path: '/about', name: 'about', component: () => import('./pages/About.vue'), meta: { title: 'nav.about', tab: 'about' } },
      { path: '/privacy', name: 'privacy', component: () => import('./pages/Privacy.vue'), meta: { title: 'privacy.title', tab: 'about' } },
      { path: '/:path(.*)*', name: 'missing', component: () => import('./pages/Missing.vue'), meta: { title: 'missing.title' } },
    ],
    scrollBehavior: (to, from, saved) => {
      if (saved) return saved
      if (to.hash) return { el: to.hash }
      return to.path === from.path ? false : { left: 0, top: 0 }
    },
  })
}
