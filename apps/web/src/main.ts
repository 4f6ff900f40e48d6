import { webPlatform } from '@innkeeper/client/web-platform'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app.vue'
import { createTranslations } from './i18n/create-translations'
import { createPages } from './router'
import { apiKey, createApi } from './services/api'
import { localSeatStorage } from './services/seat-storage'
import { seatStorageKey, useSession } from './stores/session'
import './theme.css'

const { after, random } = webPlatform()
const app = createApp(App)
app.use(createPinia())
app.use(createTranslations(navigator.languages))
app.provide(seatStorageKey, localSeatStorage())
const session = app.runWithContext(() => useSession())
app.provide(apiKey, createApi({ session, locks: navigator.locks, after, random }))
app.use(createPages())
app.mount('#app')
