import { createRouter, createWebHistory } from 'vue-router'
import { useSession } from './stores/session'

// Whoever comes back to a table needs nothing of the house outside.
const HomePage = () => import('./features/home/home-page.vue')

/** The addresses of the page. The table is loaded when someone sits down. */
export function createPages() {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', name: 'home', component: HomePage },
      { path: '/j/:code', name: 'join', component: HomePage, props: true },
      {
        path: '/table/:panel(fight|party|dice|log|people)?',
        name: 'table',
        component: () => import('./features/table/table-page.vue'),
        meta: { needsSeat: true },
      },
      {
        path: '/table/as/:uuid/:panel(fight|party|dice|log|people)?',
        name: 'see-as',
        component: () => import('./features/people/see-as-page.vue'),
        props: ({ params }) => ({ uuid: params['uuid'] }),
        meta: { needsSeat: true },
      },
      { path: '/account', name: 'account', component: () => import('./features/account/account-page.vue') },
      { path: '/about', name: 'about', component: () => import('./features/home/about-page.vue') },
      {
        path: '/screen/:code?',
        name: 'screen',
        component: () => import('./features/screen/screen-page.vue'),
        props: true,
      },
      { path: '/verify', name: 'verify', component: () => import('./features/verify/verify-page.vue') },
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  })
  router.beforeEach((to) =>
    to.meta['needsSeat'] === true && useSession().seat === null ? { name: 'home' } : true,
  )
  return router
}
