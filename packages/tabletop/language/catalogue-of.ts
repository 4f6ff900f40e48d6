import type { Catalogue } from './catalogue'
import { en } from './en/en'
import type { Language } from './languages'
import { ptBR } from './pt-br/pt-br'
import { ru } from './ru/ru'

const catalogues: Readonly<Record<Language, Catalogue>> = { en, 'pt-BR': ptBR, ru }

/** @returns all that can be said in a language */
export function catalogueOf(language: Language): Catalogue {
  return catalogues[language]
}
