import type { Catalogue } from '@innkeeper/tabletop/language/catalogue'
import { computed, type ComputedRef, inject, type InjectionKey, type Plugin } from 'vue'
import { createI18n } from 'vue-i18n'
import { createTextCompiler } from './compile-text'
import type { en } from './en'
import type { enLate } from './en-late'
import { isLanguage, type Language } from './languages'
import { russianPlural } from './plural'
import { catalogueOf, learnCatalogue } from './spoken-catalogues'

interface Loaders {
  first(): Promise<typeof en>
  late(): Promise<typeof enLate>
}

/** A language travels when somebody reads it: nobody downloads the other two. */
const loaders: Readonly<Record<Language, Loaders>> = {
  en: { first: async () => (await import('./en')).en, late: async () => (await import('./en-late')).enLate },
  'pt-BR': {
    first: async () => (await import('./pt-br')).ptBR,
    late: async () => (await import('./pt-br-late')).ptBRLate,
  },
  ru: { first: async () => (await import('./ru')).ru, late: async () => (await import('./ru-late')).ruLate },
}

/** Languages with all of their texts here. As with the catalogues, a second page would fill it with the very same. */
const whole = new Set<Language>()

/** Filled once, by `createTranslations`: whoever fetches late parts and pages is no component that could ask for it. */
const page: { learnLateTexts: () => Promise<void> } = {
  learnLateTexts: () => Promise.reject(new Error('The page speaks no language yet')),
}

/** @returns the page's plugin for its texts, once the language is here */
export async function createTranslations(language: Language): Promise<Plugin> {
  const texts = await createTexts(language)
  return (app) => {
    app.use(texts)
    app.provide(choiceKey, createChoice(texts.global))
  }
}

async function createTexts(language: Language) {
  const [messages] = await Promise.all([loaders[language].first(), learnCatalogue(language)])
  document.documentElement.lang = language
  const translations = createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: false,
    messages: { [language]: messages },
    pluralRules: { ru: russianPlural },
    messageCompiler: createTextCompiler(),
  })
  page.learnLateTexts = async () => {
    const { locale, mergeLocaleMessage } = translations.global
    const spoken = isLanguage(locale.value) ? locale.value : language
    // A language that is chosen later comes whole: one that changes meanwhile lacks nothing.
    if (whole.has(spoken)) return
    const texts = await loaders[spoken].late()
    // Every dialog asks when all are fetched ahead.
    if (!whole.has(spoken)) mergeLocaleMessage(spoken, texts)
    whole.add(spoken)
  }
  return translations
}

/**
 * @param load  fetches a part of the page that says something of `en-late.ts`
 * @returns fetches it together with these texts, unless they are here; rejects when either cannot be fetched
 */
export function withLateTexts<Part>(load: () => Promise<Part>): () => Promise<Part> {
  return async () => {
    const [part] = await Promise.all([load(), page.learnLateTexts()])
    return part
  }
}

/** What a page needs to show and to change its language. */
export interface LanguageChoice {
  readonly language: ComputedRef<Language>
  /** The names of conditions, damage types and the like. */
  readonly words: ComputedRef<Catalogue['words']>
  /** Resolves when the page speaks it; rejects when its texts could not be fetched, and then all stays as it was. */
  speak(language: Language): Promise<void>
}

type Translations = Awaited<ReturnType<typeof createTexts>>

/** One for the whole page: a desk has more than a hundred parts that ask, and each would make all of this anew. */
const choiceKey: InjectionKey<LanguageChoice> = Symbol('language')

function createChoice({ locale, setLocaleMessage }: Translations['global']): LanguageChoice {
  const language = computed(() => (isLanguage(locale.value) ? locale.value : 'en'))
  return {
    language,
    words: computed(() => catalogueOf(language.value).words),
    async speak(wanted) {
      if (!whole.has(wanted)) {
        const { first, late } = loaders[wanted]
        const [texts, lateTexts] = await Promise.all([first(), late(), learnCatalogue(wanted)])
        setLocaleMessage(wanted, { ...texts, ...lateTexts })
        whole.add(wanted)
      }
      locale.value = wanted
      // Screen readers change their voice by it.
      document.documentElement.lang = wanted
    },
  }
}

/** @returns the language of the page, for whatever is put into words without vue-i18n: the log, dice, numbers */
export function useLanguage(): LanguageChoice {
  const choice = inject(choiceKey)
  if (choice === undefined) throw new Error('The page speaks no language yet')
  return choice
}
