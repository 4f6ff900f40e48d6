import { computed, type ComputedRef } from 'vue'
import { createI18n, useI18n } from 'vue-i18n'
import { createTextCompiler } from './compile-text'
import type { en } from './en'
import { isLanguage, type Language } from './languages'
import { russianPlural } from './plural'
import { learnCatalogue } from './spoken-catalogues'

/** A language travels when somebody reads it: nobody downloads the other two. */
const loaders: Readonly<Record<Language, () => Promise<typeof en>>> = {
  en: async () => (await import('./en')).en,
  'pt-BR': async () => (await import('./pt-br')).ptBR,
  ru: async () => (await import('./ru')).ru,
}

/** @returns the vue-i18n plugin, once the language is here */
export async function createTranslations(language: Language) {
  const [messages] = await Promise.all([loaders[language](), learnCatalogue(language)])
  document.documentElement.lang = language
  return createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: false,
    messages: { [language]: messages },
    pluralRules: { ru: russianPlural },
    messageCompiler: createTextCompiler(),
  })
}

/** What a page needs to show and to change its language. */
export interface LanguageChoice {
  readonly language: ComputedRef<Language>
  /** Resolves when the page speaks it; rejects when its texts could not be fetched, and then all stays as it was. */
  speak(language: Language): Promise<void>
}

/** @returns the language of the page, for whatever is put into words without vue-i18n: the log, dice, numbers */
export function useLanguage(): LanguageChoice {
  const { locale, availableLocales, setLocaleMessage } = useI18n({ useScope: 'global' })
  const language = computed(() => (isLanguage(locale.value) ? locale.value : 'en'))
  return {
    language,
    async speak(wanted) {
      if (!availableLocales.includes(wanted)) {
        const [messages] = await Promise.all([loaders[wanted](), learnCatalogue(wanted)])
        setLocaleMessage(wanted, messages)
      }
      locale.value = wanted
      // Screen readers change their voice by it.
      document.documentElement.lang = wanted
    },
  }
}
