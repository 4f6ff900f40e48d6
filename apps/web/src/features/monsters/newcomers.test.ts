import { describe, expect, it } from 'bun:test'
import { newcomer } from '@innkeeper/tabletop/combat/roster-payloads'
import fc from 'fast-check'
import {
  headCount,
  mostOfOneKind,
  type NewcomerPick,
  pickByHand,
  pickMonster,
  toAddition,
  withCount,
  withOneMore,
  withPick,
} from './newcomers'

const goblin = {
  id: 'goblin',
  name: 'Goblin',
  armorClass: 15,
  hitPoints: 7,
  hitDice: '2d6',
  challenge: '1/4',
}
const bugbear = { ...goblin, id: 'bugbear', name: 'Bugbear' }
const warlord = {
  name: 'Warlord',
  maxHp: 40,
  armorClass: null,
  dexModifier: 1,
  conSave: 2,
  resistances: [],
  vulnerabilities: [],
  immunities: [],
  conditionImmunities: [],
  legendaryActions: 0,
  legendaryResistances: 0,
  recharges: [],
}

describe('who was chosen to come to a fight', () => {
  it('is counted by kind, however often and in whatever order it is tapped', () => {
    const tapped = [goblin, bugbear, goblin, goblin]
    const picks = tapped.reduce<readonly NewcomerPick[]>(
      (chosen, monster) => withOneMore(chosen, pickMonster(monster, monster.name)),
      [],
    )
    expect(toAddition(picks).combatants).toMatchObject([
      { kind: 'monster', monster: 'goblin', count: 3 },
      { kind: 'monster', monster: 'bugbear', count: 1 },
    ])
    expect(headCount(picks)).toBe(4)
    expect(withCount(picks, 'monster:goblin', 0).map(({ key }) => key)).toEqual(['monster:bugbear'])
  })

  it('keeps the changed name, alias and way of showing hit points', () => {
    const picks = withOneMore([], pickMonster(goblin, 'Гоблин'))
    const first = picks[0]
    if (first?.kind !== 'creature') return expect.unreachable()
    const changed = { ...first, alias: ' Тень ', hpShown: 'hidden', hp: 'rolled', initiative: 15 } as const
    expect(toAddition(withPick(picks, changed)).combatants).toMatchObject([
      { name: 'Гоблин', alias: 'Тень', hpShown: 'hidden', hp: 'rolled', initiative: 15 },
    ])
    expect(toAddition(withPick(picks, { ...changed, name: ' ', alias: ' ' })).combatants).toMatchObject([
      { name: 'Goblin', alias: null },
    ])
  })

  it('is always understood by the table', () => {
    const pick = fc.record({
      count: fc.integer({ min: -3, max: 99 }),
      isGroup: fc.boolean(),
      isHidden: fc.boolean(),
      isByHand: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(pick, { maxLength: 8 }), (wishes) => {
        const lair: NewcomerPick = { kind: 'lair', key: 'lair', name: 'Lair', isHidden: false }
        const hero: NewcomerPick = { kind: 'character', key: 'c1', name: 'Lia', initiative: null }
        const picks = wishes.reduce<readonly NewcomerPick[]>(
          (chosen, { count, isByHand, ...flags }, index) => {
            const key = `own:${index}`
            const made = isByHand ? pickByHand(key, warlord, 1) : { ...pickMonster(goblin, 'Goblin'), key }
            return withCount([...chosen, { ...made, ...flags }], key, count)
          },
          [lair, hero],
        )
        for (const each of toAddition(picks).combatants) {
          expect(newcomer.parse(each)).toEqual(each)
          if (each.kind === 'monster') expect(each.count).toBeWithin(1, mostOfOneKind + 1)
        }
      }),
    )
  })
})
