import { followTokens } from '@innkeeper/client/page-signals'
import { webPlatform } from '@innkeeper/client/web-platform'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import App from './app.vue'
import { accountApiKey, createAccountApi } from './features/account/account-api'
import { accountStorageKey, localAccountStorage, useAccount } from './features/account/account-store'
import { createTranslations } from './i18n/create-translations'
import { createNotices, noticesKey } from './features/table/use-notices'
import { startingLanguage } from './i18n/languages'
import { createPages, fetchFirstPage } from './router'
import { apiKey, createApi } from './services/api'
import { localSeatStorage } from './services/seat-storage'
import { seatStorageKey, useSession } from './stores/session'
import './theme.css'
import { keptTheme, showTheme } from './ui/theme'

async function openPage(): Promise<void> {
  showTheme(keptTheme())
  fetchFirstPage(location.pathname)
  const platform = webPlatform()
  const isVisible = () => !document.hidden
  const app = createApp(App)
  app.use(createPinia())
  app.use(await createTranslations(startingLanguage(navigator.languages)))
  app.provide(seatStorageKey, localSeatStorage())
  app.provide(accountStorageKey, localAccountStorage())
  const session = app.runWithContext(() => useSession())
  const account = app.runWithContext(() => useAccount())
  const accountApi = createAccountApi(
    {
      origin: location.origin,
      fetch: (url, init) => fetch(url, init),
      pairs: account.pairs,
      effects: platform,
      locks: navigator.locks,
      isVisible,
    },
    account.rename,
  )
  app.provide(accountApiKey, accountApi)
  const accountToken = () => accountApi.token()
  const api = createApi({ ...platform, session, locks: navigator.locks, isVisible, accountToken })
  app.provide(apiKey, api)
  followTokens(api.seatKeeper, { document })
  watch(
    () => session.seat?.tokens.access,
    () => void api.seatKeeper.look(),
  )
  app.provide(noticesKey, createNotices())
  const pages = createPages()
  app.use(pages)
  await pages.isReady()
  app.mount('#app')
}

// What fails before there is a page is said by `public/opening.js`, which hears of every rejection.
void openPage()
