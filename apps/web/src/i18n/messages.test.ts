import { describe, expect, it } from 'bun:test'
import { allTexts } from '../testing/all-texts'
import { flatten } from '../testing/flatten'
import { chooseLanguage } from './languages'

const { en, 'pt-BR': ptBR, ru } = allTexts

const shapeOf = (messages: object) =>
  flatten(messages).map(([key, text]) => [key, [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join()])

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
    expect(texts.filter(([, text]) => text.includes('@'))).toEqual([])
  })

  it('have as many forms as they count in: two in English and Portuguese, three in Russian', () => {
    const formsOf = (messages: object) =>
      flatten(messages).map(([key, text]) => [key, text.split('|').length] as const)
    const counting = new Map(formsOf(en).filter(([, forms]) => forms > 1))
    for (const [messages, forms] of [
      [en, 2],
      [ptBR, 2],
      [ru, 3],
    ] as const)
      expect(new Map(formsOf(messages).filter(([, count]) => count > 1))).toEqual(
        new Map([...counting.keys()].map((key) => [key, forms])),
      )
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
