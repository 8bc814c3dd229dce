import { createRouter, createWebHistory } from 'vue-router'

/** The screens of the guide; each is a chunk of its own. */
export const router = createRouter({
  history: createWebHistory('/'),
  routes: [{ path: '/', name: 'home', component: () => import('./pages/Home.vue') }],
})
