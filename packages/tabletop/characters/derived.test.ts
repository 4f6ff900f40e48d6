import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import { conditions, editions, type Condition } from '../table/creatures'
import { sheetArbitrary } from './arbitrary-characters'
import { characterStats } from './character-stats'
import { derive, type Affected } from './derived'
import type { Explained } from './explained'
import { sheetSchema } from './sheet-schema'

setDefaultTimeout(60_000)

const unaffected: Affected = { conditions: [], exhaustion: 0 }
const under = (...names: readonly Condition[]): Affected => ({
  conditions: names.map((condition) => ({ id: condition, condition })),
  exhaustion: 0,
})
const tired = (exhaustion: number): Affected => ({ conditions: [], exhaustion })

/** A half-elf who is a bard 3 and a fighter 2. */
const bard = sheetSchema.parse({
  classes: [
    { name: 'Bard', level: 3, hitDie: 'd8' },
    { name: 'Fighter', level: 2, hitDie: 'd10' },
  ],
  abilities: { str: 8, dex: 14, con: 13, int: 10, wis: 12, cha: 17 },
  saves: { dex: 'proficient', cha: 'proficient' },
  skills: { perception: 'proficient', persuasion: 'expertise', athletics: 'half', stealth: 'proficient' },
  armorClass: { base: 13, dexterityMax: null, shield: 2, bonus: 1 },
  speeds: { walk: 30, swim: 15 },
  initiativeBonus: 1,
  spellcasting: { ability: 'cha', bonus: 1, slots: { 1: 4, 2: 2 } },
  attacks: [
    { id: 'rapier', name: 'Rapier', ability: 'dex', damage: '1d8', damageType: 'piercing' },
    { id: 'net', name: 'Net', ability: 'str', isProficient: false, toHitBonus: 1 },
    { id: 'ballista', name: 'Ballista', isProficient: false, toHitBonus: 6, damage: '3d10' },
  ],
  inventory: [
    { name: 'Rope', weight: 10 },
    { name: 'Arrow', quantity: 20, weight: 0.05 },
  ],
  coins: { gp: 60, sp: 15 },
})

describe('numbers that follow from a sheet', () => {
  const numbers = derive(bard, unaffected, '2014')

  it.each([
    [1, -5],
    [2, -4],
    [3, -4],
    [9, -1],
    [10, 0],
    [11, 0],
    [12, 1],
    [15, 2],
    [20, 5],
    [30, 10],
  ])('a score of %i modifies by %i', (score, modifier) => {
    const sheet = { ...bard, abilities: { ...bard.abilities, str: score } }
    expect(derive(sheet, unaffected, '2024').abilities.str.value).toBe(modifier)
  })

  it.each([
    [0, 2],
    [1, 2],
    [4, 2],
    [5, 3],
    [8, 3],
    [9, 4],
    [12, 4],
    [13, 5],
    [16, 5],
    [17, 6],
    [20, 6],
  ])('the proficiency bonus at level %i is %i', (level, bonus) => {
    const classes = level === 0 ? [] : [{ name: 'Rogue', level, hitDie: 'd8' as const }]
    expect(derive({ ...bard, classes }, unaffected, '2014').proficiencyBonus.value).toBe(bonus)
  })

  it('levels and hit dice of all classes count together', () => {
    expect(numbers.level).toBe(5)
    expect(numbers.hitDice).toEqual({ d8: 3, d10: 2 })
  })

  it('saves and skills take the part of the proficiency bonus that they have', () => {
    expect(numbers.saves.dex.value).toBe(5)
    expect(numbers.saves.wis.value).toBe(1)
    expect(numbers.skills.perception.value).toBe(4)
    expect(numbers.skills.persuasion.value).toBe(9)
    expect(numbers.skills.athletics.value).toBe(0)
    expect(numbers.skills.arcana.value).toBe(0)
  })

  it('says why', () => {
    expect(numbers.skills.persuasion.parts).toEqual([
      { source: 'ability', params: { ability: 'cha' }, amount: 3 },
      { source: 'proficiency', params: { proficiency: 'expertise', bonus: 3 }, amount: 6 },
    ])
    expect(numbers.armorClass.parts).toEqual([
      { source: 'armor', amount: 13 },
      { source: 'ability', params: { ability: 'dex' }, amount: 2 },
      { source: 'shield', amount: 2 },
      { source: 'bonus', amount: 1 },
    ])
  })

  it('passive scores are 10 and the skill', () => {
    expect(numbers.passives.perception.value).toBe(14)
    expect(numbers.passives.insight.value).toBe(11)
    expect(numbers.passives.investigation.value).toBe(10)
  })

  it('initiative, spells, attacks', () => {
    expect(numbers.initiative.value).toBe(3)
    expect(numbers.spells?.saveDc.value).toBe(15)
    expect(numbers.spells?.attack.value).toBe(7)
    expect(numbers.attacks.map(({ id, toHit, damage }) => [id, toHit.value, damage?.expression])).toEqual([
      ['rapier', 5, '1d8+2 [piercing]'],
      ['net', 0, undefined],
      ['ballista', 6, '3d10'],
    ])
  })

  it('what is carried is weighed with its coins', () => {
    expect(numbers.carryingCapacity.value).toBe(120)
    expect(numbers.carried.value).toBe(12.5)
  })

  it.each([
    ['unarmoured', { base: 10 }, 14, 12],
    ['an unarmoured defence with Constitution', { base: 10, ability: 'con' }, 14, 13],
    ['light armour', { base: 11 }, 18, 15],
    ['medium armour', { base: 14, dexterityMax: 2 }, 18, 16],
    ['medium armour on the clumsy', { base: 14, dexterityMax: 2 }, 8, 13],
    ['heavy armour', { base: 18, dexterityMax: 0 }, 8, 18],
    ['heavy armour with a shield', { base: 18, dexterityMax: 0, shield: 2 }, 18, 20],
  ])('armour class: %s', (...[, armorClass, dex, value]) => {
    const { armorClass: armor } = sheetSchema.parse({ armorClass })
    const sheet = { ...bard, armorClass: armor, abilities: { ...bard.abilities, dex } }
    expect(derive(sheet, unaffected, '2014').armorClass.value).toBe(value)
  })
})

describe('what a fight takes from a sheet', () => {
  it('is defences, the Constitution save, and initiative with its bonus', () => {
    const defences = { ...bard.defences, resistances: [{ type: 'fire' as const }] }
    expect(characterStats({ sheet: { ...bard, saves: { con: 'proficient' }, defences } })).toEqual({
      defences,
      conSave: 4,
      dexModifier: 3,
    })
  })
})

describe('numbers of somebody who is not well', () => {
  it('[R-60] exhaustion of 2024 takes twice its level off every d20, but not off a DC', () => {
    const numbers = derive(bard, tired(3), '2024')
    expect(numbers.saves.dex.value).toBe(-1)
    expect(numbers.checks.cha.value).toBe(-3)
    expect(numbers.initiative.value).toBe(-3)
    expect(numbers.spells?.attack.value).toBe(1)
    expect(numbers.spells?.saveDc.value).toBe(15)
    expect(numbers.attacks[0]?.toHit.value).toBe(-1)
    expect(numbers.abilities.cha.value).toBe(3)
    expect(numbers.passives.perception.value).toBe(8)
    expect(numbers.saves.dex.parts.at(-1)).toEqual({
      source: 'condition',
      params: { rule: 'R-60', condition: 'exhaustion' },
      amount: -6,
    })
  })

  it.each([
    ['2014', 1, 30, 15],
    ['2014', 2, 15, 7],
    ['2014', 4, 15, 7],
    ['2014', 5, 0, 0],
    ['2024', 1, 25, 10],
    ['2024', 3, 15, 0],
    ['2024', 5, 5, 0],
  ] as const)(
    '[R-60] by the rules of %s level %i leaves a speed of %i, and %i to swim',
    (...[edition, level, walk, swim]) => {
      const { speeds } = derive(bard, tired(level), edition)
      expect(speeds.walk?.value).toBe(walk)
      expect(speeds.swim?.value).toBe(swim)
      expect(speeds.fly).toBeUndefined()
    },
  )

  it('[R-63] a grapple stops', () => {
    expect(derive(bard, under('grappled'), '2014').speeds.walk?.value).toBe(0)
  })

  it('disadvantage on checks takes five off passive scores, and advantage from the sheet lifts it', () => {
    expect(derive(bard, tired(1), '2014').passives.perception.value).toBe(9)
    const alert = sheetSchema.parse({
      ...bard,
      rollTraits: [{ on: 'skill', key: 'perception', gives: 'advantage', reason: 'Observant' }],
    })
    expect(derive(alert, unaffected, '2014').passives.perception.value).toBe(19)
    expect(derive(alert, unaffected, '2014').passives.insight.value).toBe(11)
    expect(derive(alert, tired(1), '2014').passives.perception.value).toBe(14)
  })
})

describe('numbers of any sheet', () => {
  it('are whole, finite and the sum of their parts', () => {
    const affected: fc.Arbitrary<Affected> = fc.record({
      conditions: fc.array(
        fc.constantFrom(...conditions).map((condition) => ({ id: condition, condition })),
        { maxLength: 4 },
      ),
      exhaustion: fc.integer({ min: 0, max: 6 }),
    })
    fc.assert(
      fc.property(sheetArbitrary, affected, fc.constantFrom(...editions), (sheet, state, edition) => {
        const { carried, ...numbers } = derive(sheet, state, edition)
        for (const { value, parts } of explainedIn(numbers)) {
          expect(value).toBeInteger()
          expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(value)
        }
        expect(carried.parts.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(carried.value, 2)
        for (const speed of Object.values(numbers.speeds)) expect(speed.value).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 200 },
    )
  })
})

function explainedIn(value: unknown): readonly Explained[] {
  if (typeof value !== 'object' || value === null) return []
  if (isExplained(value)) return [value]
  return Object.values(value).flatMap(explainedIn)
}

function isExplained(value: object): value is Explained {
  return 'value' in value && 'parts' in value
}
