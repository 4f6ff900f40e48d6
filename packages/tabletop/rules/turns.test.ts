import { describe, expect, it } from 'bun:test'
import { editions, type Combatant } from '../table/creatures'
import { combatant, combatantStats, creature } from './testing/creature'
import {
  afterOwnTurn,
  mayAct,
  mayActLegendary,
  mayReact,
  rechargeAtRest,
  rechargeRoll,
  regainAtTurnStart,
} from './turns'

const stats = combatantStats({
  legendaryActions: { max: 3, used: 2 },
  legendaryResistances: { max: 3, used: 1 },
  recharges: [{ name: 'Fire Breath', from: 5, isReady: false }],
})
const dragon = combatant({ id: 'dragon', name: 'Dragon', isReactionUsed: true, stats })
const healthy = creature()
const limp = creature({ conditions: [{ id: 'i', condition: 'incapacitated' }] })
const dead = creature({ now: 0, life: 'dead' })

describe('turns', () => {
  it('R-07, R-70 at the start of its turn the reaction and all 3 legendary actions are back', () => {
    expect(regainAtTurnStart(dragon)).toEqual({
      ...dragon,
      isReactionUsed: false,
      stats: { ...stats, legendaryActions: { max: 3, used: 0 } },
    })
  })

  it('R-71 legendary resistances are not: they are for the day', () => {
    expect(regainAtTurnStart(dragon).stats?.legendaryResistances).toEqual({ max: 3, used: 1 })
  })

  it('R-07 a character has only a reaction to regain', () => {
    const hero: Combatant = { ...dragon, stats: null }
    expect(regainAtTurnStart(hero)).toEqual({ ...hero, isReactionUsed: false })
  })

  it('R-04 surprise is over after its own turn', () => {
    expect(afterOwnTurn({ ...dragon, isSurprised: true }).isSurprised).toBe(false)
    expect(afterOwnTurn(dragon)).toBe(dragon)
  })

  it.each([
    ['2014', 'surprised', { ...dragon, isSurprised: true }, healthy, false],
    ['2024', 'surprised', { ...dragon, isSurprised: true }, healthy, true],
    ['2014', 'incapacitated', dragon, limp, false],
    ['2024', 'incapacitated', dragon, limp, false],
    ['2014', 'dead', dragon, dead, false],
    ['2024', 'healthy', dragon, healthy, true],
  ] as const)(
    'R-04, R-64 in %s the %s may act, react and act legendarily or not',
    (...[edition, , combatant, vitals, may]) => {
      expect(mayAct({ combatant, vitals }, edition)).toBe(may)
      expect(mayReact({ combatant: { ...combatant, isReactionUsed: false }, vitals }, edition)).toBe(may)
      expect(mayActLegendary({ combatant, vitals }, 'hero', edition)).toBe(may)
    },
  )

  it.each(editions)('R-07 a reaction is taken once, in %s', (edition) => {
    expect(mayReact({ combatant: dragon, vitals: healthy }, edition)).toBe(false)
  })

  it.each([
    ['after the turn of another', 2, 'hero', true],
    ['not after its own', 2, 'dragon', false],
    ['not without one left', 3, 'hero', false],
  ] as const)('R-70 a legendary action: %s', (...[, used, turnOf, may]) => {
    const combatant = { ...dragon, stats: { ...stats, legendaryActions: { max: 3, used } } }
    expect(mayActLegendary({ combatant, vitals: healthy }, turnOf, '2024')).toBe(may)
  })

  it('R-70 who has no legendary actions takes none', () => {
    const combatant = { ...dragon, stats: { ...stats, legendaryActions: null } }
    expect(mayActLegendary({ combatant, vitals: healthy }, 'hero', '2014')).toBe(false)
    expect(regainAtTurnStart(combatant).stats).toEqual(combatant.stats)
  })

  it('R-73 recharge 5-6: two faces of six', () => {
    const breath = { name: 'Fire Breath', from: 5, isReady: false }
    const ready = [1, 2, 3, 4, 5, 6].filter((face) => rechargeRoll(breath, face).isReady)
    expect(ready).toEqual([5, 6])
  })

  it('R-73 what is ready stays ready, and a rest makes it so', () => {
    const breath = { name: 'Fire Breath', from: 5, isReady: true }
    expect(rechargeRoll(breath, 1)).toBe(breath)
    expect(rechargeAtRest(stats).recharges).toEqual([breath])
  })
})
