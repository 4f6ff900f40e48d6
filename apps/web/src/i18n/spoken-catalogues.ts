import type { Catalogue } from '@innkeeper/tabletop/language/catalogue'
import type { Language } from './languages'

const loaders: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => (await import('@innkeeper/tabletop/language/en/en')).en,
  'pt-BR': async () => (await import('@innkeeper/tabletop/language/pt-br/pt-br')).ptBR,
  ru: async () => (await import('@innkeeper/tabletop/language/ru/ru')).ru,
}

/** Nothing of one table or one player: a second page in the same process would fill it with the very same. */
const learnt = new Map<Language, Catalogue>()

/** Fetches what the log, the rules and the dice say in a language. Rejects when it cannot be fetched. */
export async function learnCatalogue(language: Language): Promise<void> {
  if (!learnt.has(language)) learnt.set(language, await loaders[language]())
}

/**
 * Takes the place of the function of this name in `@innkeeper/tabletop/language`, which has all languages at hand; see
 * `vite.config.ts`.
 *
 * @returns all that can be said in a language that was learnt
 */
export function catalogueOf(language: Language): Catalogue {
  const catalogue = learnt.get(language)
  if (catalogue === undefined) throw new Error(`Nobody has learnt ${language}`)
  return catalogue
}
