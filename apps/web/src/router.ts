import { createRouter, createWebHistory } from 'vue-router'
import HomePage from './features/home/home-page.vue'
import { useSession } from './stores/session'

/** The addresses of the page. The table is loaded when someone sits down. */
export function createPages() {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', name: 'home', component: HomePage },
      { path: '/j/:code', name: 'join', component: HomePage, props: true },
      { path: '/table', name: 'table', component: () => import('./features/table/table-page.vue') },
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  })
  router.beforeEach((to) => (to.name === 'table' && useSession().seat === null ? { name: 'home' } : true))
  return router
}
