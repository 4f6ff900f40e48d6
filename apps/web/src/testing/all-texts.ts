import { en } from '../i18n/en'
import { enLate } from '../i18n/en-late'
import { ptBR } from '../i18n/pt-br'
import { ptBRLate } from '../i18n/pt-br-late'
import { ru } from '../i18n/ru'
import { ruLate } from '../i18n/ru-late'

/** Every text of each language, by feature: what comes first and what comes late. */
export const allTexts = {
  en: { ...en, ...enLate },
  'pt-BR': { ...ptBR, ...ptBRLate },
  ru: { ...ru, ...ruLate },
}
