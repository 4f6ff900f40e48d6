import { createRouter, createWebHistory } from 'vue-router'
import { withLateTexts } from './i18n/create-translations'
import { useSession } from './stores/session'

// Whoever comes back to a table needs nothing of the house outside.
const fetchHome = () => import('./features/home/home-page.vue')
const HomePage = withLateTexts(fetchHome)
const TablePage = () => import('./features/table/table-page.vue')

/** Begins to fetch the page that is wanted, beside its texts. What fails is said where it is shown. */
export function fetchFirstPage(path: string): void {
  if (path.startsWith('/table')) TablePage().catch(() => {})
  else if (path === '/' || path.startsWith('/j/')) fetchHome().catch(() => {})
}

/** The addresses of the page. The table is loaded when someone sits down, and its first look has all of its texts. */
export function createPages() {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', name: 'home', component: HomePage },
      { path: '/j/:code', name: 'join', component: HomePage, props: true },
      {
        path: '/table/:panel(fight|party|dice|log|people)?',
        name: 'table',
        component: TablePage,
        meta: { needsSeat: true },
      },
      {
        path: '/table/as/:uuid/:panel(fight|party|dice|log|people)?',
        name: 'see-as',
        component: withLateTexts(() => import('./features/people/see-as-page.vue')),
        props: ({ params }) => ({ uuid: params['uuid'] }),
        meta: { needsSeat: true },
      },
      {
        path: '/account',
        name: 'account',
        component: withLateTexts(() => import('./features/account/account-page.vue')),
      },
      {
        path: '/about',
        name: 'about',
        component: withLateTexts(() => import('./features/home/about-page.vue')),
      },
      {
        path: '/screen/:code?',
        name: 'screen',
        component: withLateTexts(() => import('./features/screen/screen-page.vue')),
        props: true,
      },
      {
        path: '/verify',
        name: 'verify',
        component: withLateTexts(() => import('./features/verify/verify-page.vue')),
      },
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  })
  router.beforeEach((to) =>
    to.meta['needsSeat'] === true && useSession().seat === null ? { name: 'home' } : true,
  )
  return router
}
