import { describe, expect, it } from 'bun:test'
import { catalogueOf } from '../language/catalogue-of'
import { languages } from '../language/languages'
import { conditions, editions } from '../table/creatures'
import { searchConditions } from './condition-search'
import { conditionEntry } from './condition-entry'
import { monsterAliases } from './monster-aliases'
import { indexMonsters, searchMonsters, type MonsterQuery } from './search-monsters'
import { findSrdMonster, srdMonsters } from './srd-monsters'

const index = indexMonsters(srdMonsters())
const find = (query: MonsterQuery) => searchMonsters(index, query)
const namesFor = (text: string) => find({ text, limit: 400 }).monsters.map(({ name }) => name)

describe('a search for monsters', () => {
  it('begins with the name itself, then names that begin so, then words that do, then what is inside a name', () => {
    expect(namesFor('bear')).toEqual([
      'Bearded Devil',
      'Black Bear',
      'Brown Bear',
      'Polar Bear',
      'Bugbear',
      'Owlbear',
      'Werebear',
    ])
    expect(namesFor('rat')[0]).toBe('Rat')
    expect(namesFor('dragon').indexOf('Dragon Turtle')).toBe(0)
    expect(namesFor('gob')).toEqual(['Goblin', 'Hobgoblin'])
  })

  it.each([
    ['RED adult', 'Adult Red Dragon'],
    ['dra re an', 'Ancient Red Dragon'],
    ['willowisp', "Will-o'-Wisp"],
    ['Will-o’-Wisp', "Will-o'-Wisp"],
    ['saber toothed', 'Saber-Toothed Tiger'],
    ['  ÓRC ', 'Orc'],
  ])('finds by %j first of all %s', (text, name) => {
    expect(namesFor(text)[0]).toBe(name)
  })

  it.each([
    ['гоблин', 'goblin'],
    ['ЧЕРНЫЙ МЕДВЕДЬ', 'black-bear'],
    ['чёрный', 'black-bear'],
    ['красный дракон взрослый', 'adult-red-dragon'],
    ['упырь', 'ghoul'],
    ['гуль', 'ghoul'],
    ['esqueleto', 'skeleton'],
    ['mimico', 'mimic'],
    ['Cão infernal', 'hell-hound'],
    ['lobo atroz', 'dire-wolf'],
  ])('finds by the Portuguese or Russian %s the %s', (text, id) => {
    expect(find({ text }).monsters[0]?.id).toBe(id)
  })

  it('knows other names only of creatures that exist, 60 and more, and finds each by each of them', () => {
    expect(Object.keys(monsterAliases).length).toBeGreaterThanOrEqual(60)
    for (const [id, aliases] of Object.entries(monsterAliases)) {
      expect(findSrdMonster(id)?.id).toBe(id)
      for (const name of [...aliases['pt-BR'], ...aliases.ru])
        expect(find({ text: name }).monsters.map((monster) => monster.id)).toContain(id)
    }
  })

  it('does not let one word answer for two', () => {
    expect(namesFor('giant giant')).toEqual([])
    expect(namesFor('wolf wolf')).toEqual([])
    expect(namesFor('s sk')).toEqual([])
  })

  it('keeps to types and challenge ratings, both ends included', () => {
    const found = find({ types: ['dragon', 'giant'], challenge: { from: 8, to: 9 }, limit: 50 }).monsters
    expect(found.map(({ name }) => name)).toEqual([
      'Cloud Giant',
      'Fire Giant',
      'Frost Giant',
      'Young Blue Dragon',
      'Young Bronze Dragon',
      'Young Green Dragon',
      'Young Silver Dragon',
    ])
    expect(find({ challenge: { from: 0.125, to: 0.25 } }).total).toBe(51)
    expect(find({ types: [] }).total).toBe(0)
  })

  it('goes on page by page, with everything once', () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = find({ text: 'dragon', limit: 7, ...(cursor === null ? {} : { cursor }) })
      expect(page.total).toBe(namesFor('dragon').length)
      expect(page.monsters.length).toBeLessThanOrEqual(7)
      seen.push(...page.monsters.map(({ name }) => name))
      cursor = page.next
    } while (cursor !== null)
    expect(seen).toEqual(namesFor('dragon'))
  })

  it('has no next page after the last, and begins anew with a cursor of another search', () => {
    expect(find({ limit: 322 })).toMatchObject({ total: 322, next: null })
    expect(find({ limit: 321 }).next).not.toBeNull()
    expect(find({ text: 'goblin', cursor: 'tarrasque' }).monsters[0]?.id).toBe('goblin')
    expect(find({ text: 'nothing like it' })).toEqual({ monsters: [], total: 0, next: null })
    expect(find({ text: '!?' }).total).toBe(322)
  })

  it.each(['a', 'dragon', 'красный', 'giant s', 'zz', 'lobo'])(
    'for %s takes less than two milliseconds',
    (text) => {
      // The fastest of many, so that what else the machine does is not counted.
      const tries = Array.from({ length: 50 }, () => {
        const started = performance.now()
        find({ text })
        return performance.now() - started
      })
      expect(Math.min(...tries)).toBeLessThan(2)
    },
  )
})

describe('a search for conditions', () => {
  it.each([
    ['ошеломл', ['stunned']],
    ['оглуш', ['stunned', 'deafened']],
    ['опутан', ['restrained']],
    ['удержив', ['restrained']],
    ['обездвижен', ['restrained']],
    ['НИЧКОМ', ['prone']],
    ['сбит', ['prone']],
    ['потерял сознание', []],
    ['без созн', ['unconscious']],
    ['истощен', ['exhaustion']],
    ['caido', ['prone']],
    ['impedido', ['restrained']],
    ['contido', ['restrained']],
    ['enfeiticado', ['charmed']],
    ['knocked', ['prone']],
    ['paralysed', ['paralyzed']],
    ['зачаров', ['charmed']],
  ])('finds by %s %j', (text, found) => {
    expect<readonly string[]>([...searchConditions(text)].sort()).toEqual([...found].sort())
  })

  it.each(languages)('finds each condition first by the name that we give it in %s', (language) => {
    const { conditions: names } = catalogueOf(language).words
    for (const condition of conditions) expect(searchConditions(names[condition])[0]).toBe(condition)
  })

  it('shows all 15 for nothing', () => {
    expect(searchConditions(' ')).toEqual(conditions)
  })
})

describe('a condition', () => {
  it.each(editions)('[R-65] brings along what it implies in %s', (edition) => {
    expect(conditionEntry('unconscious', edition).implies).toEqual(['incapacitated', 'prone'])
    for (const id of ['paralyzed', 'petrified', 'stunned'] as const)
      expect(conditionEntry(id, edition).implies).toEqual(['incapacitated'])
    expect(conditionEntry('poisoned', edition).implies).toEqual([])
  })

  it('says what it means in its edition', () => {
    const meaning = { effect: 'hindered', by: 'no-movement' }
    expect(conditionEntry('stunned', '2014').effects).toContainEqual(expect.objectContaining(meaning))
    expect(conditionEntry('stunned', '2024').effects).not.toContainEqual(expect.objectContaining(meaning))
  })
})
