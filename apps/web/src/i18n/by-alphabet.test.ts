import { expect, test } from 'bun:test'
import { catalogueOf } from '@innkeeper/tabletop/language/catalogue-of'
import { byAlphabet } from './by-alphabet'

for (const language of ['en', 'pt-BR', 'ru'] as const)
  test(`the names of skills stand in the order of a dictionary: ${language}`, () => {
    const names = Object.values(catalogueOf(language).words.skills)
    expect(names.length).toBeGreaterThan(10)
    expect(names.toSorted(byAlphabet)).toEqual(names.toSorted((a, b) => a.localeCompare(b, language)))
  })
