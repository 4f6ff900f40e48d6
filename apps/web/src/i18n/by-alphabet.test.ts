import { expect, test } from 'bun:test'
import { catalogueOf } from '@innkeeper/tabletop/language/catalogue-of'
import { byAlphabet } from './by-alphabet'

for (const language of ['en', 'pt-BR', 'ru'] as const)
  test(`the names of skills and of kinds of monsters stand in the order of a dictionary: ${language}`, () => {
    const { skills, monsterTypes } = catalogueOf(language).words
    for (const named of [skills, monsterTypes]) {
      const names = Object.values(named)
      expect(names.length).toBeGreaterThan(10)
      expect(names.toSorted(byAlphabet)).toEqual(names.toSorted((a, b) => a.localeCompare(b, language)))
    }
  })
