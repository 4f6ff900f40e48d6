import { describe, expect, it } from 'bun:test'
import { chooseLanguage } from './create-translations'
import { en } from './en'
import { ptBR } from './pt-br'
import { ru } from './ru'

/** @returns `home.open.title` → its text, for every text of a language */
function flatten(messages: object, path = ''): readonly (readonly [key: string, text: string])[] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flatten(value, `${path}${key}.`)
      : [[`${path}${key}`, String(value)] as const],
  )
}

const shapeOf = (messages: object) =>
  flatten(messages).map(([key, text]) => [key, (text.match(/\{\w+\}/g) ?? []).sort().join()])

describe('the languages', () => {
  it.each([
    ['pt-BR', ptBR],
    ['ru', ru],
  ])('%s has every text of English, with the same places to fill in', (_language, messages) => {
    expect(shapeOf(messages)).toEqual(shapeOf(en))
    expect(flatten(messages).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('use no character that vue-i18n takes for syntax', () => {
    const texts = [en, ptBR, ru].flatMap((messages) => flatten(messages))
    expect(texts.filter(([, text]) => /[@|]/.test(text))).toEqual([])
  })
})

describe('chooseLanguage', () => {
  it.each([
    [['pt-PT', 'en'], 'pt-BR'],
    [['ru-RU'], 'ru'],
    [['de-DE', 'ru'], 'ru'],
    [['de-DE'], 'en'],
    [[], 'en'],
  ] as const)('answers %p with %s', (preferred, language) => {
    expect(chooseLanguage(preferred)).toBe(language)
  })
})
