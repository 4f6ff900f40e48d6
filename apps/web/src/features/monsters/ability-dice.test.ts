import { describe, expect, it } from 'bun:test'
import { srdMonsters } from '@innkeeper/tabletop/compendium/srd-monsters'
import { parseDice } from '@innkeeper/tabletop/dice/parse-dice'
import { d20With, diceOf } from './ability-dice'

describe('the dice of an ability', () => {
  it('are the attack, then the damage of every kind together', () => {
    const damage = [
      { expression: '2d10+8', type: 'piercing' },
      { expression: '2d6', type: 'fire' },
    ] as const
    expect(diceOf({ name: 'Bite', text: '', attack: { toHit: 14, damage } })).toEqual([
      { what: 'attack', expression: '1d20+14' },
      { what: 'damage', expression: '(2d10+8)[piercing]+2d6[fire]' },
    ])
    expect([d20With(-1), d20With(0)]).toEqual(['1d20-1', '1d20'])
  })

  it('are understood by the table, for every creature of the compendium', () => {
    const expressions = srdMonsters()
      .flatMap(({ traits, actions, reactions, legendaryActions }) => [
        ...traits,
        ...actions,
        ...reactions,
        ...legendaryActions,
      ])
      .flatMap(diceOf)
      .map(({ expression }) => expression)
    expect(expressions.length).toBeGreaterThan(500)
    expect(expressions.filter((expression) => 'error' in parseDice(expression))).toEqual([])
  })
})
