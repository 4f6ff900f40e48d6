import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import { parseDice } from '../dice/parse-dice'
import { abilities, conditions, editions, type Condition, type Edition } from '../table/creatures'
import { sheetArbitrary } from './arbitrary-characters'
import type { Affected } from './derived'
import type { RollCheck } from './roll-check'
import { rollFor, type Roller, type RollPlan } from './roll-plan'
import { hitDice, skills } from './sheet'
import { sheetSchema } from './sheet-schema'

setDefaultTimeout(60_000)

const rogue = sheetSchema.parse({
  classes: [{ name: 'Rogue', level: 5, hitDie: 'd8' }],
  abilities: { str: 8, dex: 18, con: 12, int: 10, wis: 10, cha: 10 },
  saves: { dex: 'proficient' },
  skills: { stealth: 'expertise' },
  attacks: [{ id: 'dagger', name: 'Dagger', ability: 'dex', damage: '1d4', damageType: 'piercing' }],
})

interface Given extends Partial<Roller> {
  readonly conditions?: readonly Condition[]
  readonly exhaustion?: number
}

/** What is to be rolled, for a check that the sheet has. */
function plan(check: RollCheck, given: Given = {}): RollPlan {
  const { conditions: names = [], exhaustion = 0, ...roller } = given
  const affected: Affected = {
    conditions: names.map((condition) => ({ id: condition, condition })),
    exhaustion,
  }
  const planned = rollFor({ sheet: rogue, affected, edition: '2014', ...roller }, check)
  if (planned === null) throw new Error('There is nothing to roll')
  return planned
}

const stealth = { kind: 'skill', key: 'stealth' } as const
const dagger = { kind: 'attack', key: 'dagger' } as const

describe('what a character rolls', () => {
  it.each<readonly [RollCheck, string]>([
    [stealth, '1d20+10'],
    [{ kind: 'ability', key: 'str' }, '1d20-1'],
    [{ kind: 'ability', key: 'wis' }, '1d20'],
    [{ kind: 'save', key: 'dex' }, '1d20+7'],
    [{ kind: 'initiative' }, '1d20+4'],
    [dagger, '1d20+7'],
    [{ kind: 'damage', key: 'dagger' }, '1d4+4 [piercing]'],
    [{ kind: 'damage', key: 'dagger', isCritical: true }, '2d4+4 [piercing]'],
    [{ kind: 'hit-die', key: 'd8' }, '1d8+1'],
  ])('%j is %s', (check, expression) => {
    expect(plan(check).expression).toBe(expression)
  })

  it('says what the number is made of', () => {
    expect(plan(stealth).parts).toEqual([
      { source: 'ability', params: { ability: 'dex' }, amount: 4 },
      { source: 'proficiency', params: { proficiency: 'expertise', bonus: 3 }, amount: 6 },
    ])
  })

  it.each<RollCheck>([
    { kind: 'attack', key: 'bow' },
    { kind: 'damage', key: 'bow' },
    { kind: 'spell-attack' },
    { kind: 'hit-die', key: 'd12' },
  ])('is nothing where the sheet has no such thing: %j', (check) => {
    const affected = { conditions: [], exhaustion: 0 }
    expect(rollFor({ sheet: rogue, affected, edition: '2014' }, check)).toBeNull()
  })

  it.each([
    ['2014', 'max(1d8-2,0)'],
    ['2024', 'max(1d8-2,1)'],
  ] as const)('[R-75] by the rules of %s a hit die of the sickly is %s', (edition, expression) => {
    const sheet = { ...rogue, abilities: { ...rogue.abilities, con: 7 } }
    expect(plan({ kind: 'hit-die', key: 'd8' }, { sheet, edition }).expression).toBe(expression)
  })
})

describe('advantage and disadvantage', () => {
  it.each<readonly [string, RollCheck, Given, string]>([
    ['asked for', stealth, { advantage: true }, '2d20kh1+10'],
    ['against it', stealth, { disadvantage: true }, '2d20kl1+10'],
    ['[R-76] one of each is neither', stealth, { advantage: true, disadvantage: true }, '1d20+10'],
    ['poisoned checks', stealth, { conditions: ['poisoned'] }, '2d20kl1+10'],
    ['poisoned attacks', dagger, { conditions: ['poisoned'] }, '2d20kl1+7'],
    ['poisoned saves', { kind: 'save', key: 'dex' }, { conditions: ['poisoned'] }, '1d20+7'],
    ['[R-69] invisible attacks', dagger, { conditions: ['invisible'] }, '2d20kh1+7'],
    ['invisible and poisoned', dagger, { conditions: ['invisible', 'poisoned'] }, '1d20+7'],
    ['restrained Dexterity saves', { kind: 'save', key: 'dex' }, { conditions: ['restrained'] }, '2d20kl1+7'],
    ['restrained Strength saves', { kind: 'save', key: 'str' }, { conditions: ['restrained'] }, '1d20-1'],
    ['[R-60] tired in 2014', stealth, { exhaustion: 1 }, '2d20kl1+10'],
    ['[R-60] tired in 2014: initiative', { kind: 'initiative' }, { exhaustion: 1 }, '2d20kl1+4'],
    ['[R-60] more tired in 2014', dagger, { exhaustion: 3 }, '2d20kl1+7'],
    ['[R-60] tired in 2024', stealth, { exhaustion: 2, edition: '2024' }, '1d20+6'],
    [
      '[R-05] unseen initiative in 2024',
      { kind: 'initiative' },
      { conditions: ['invisible'], edition: '2024' },
      '2d20kh1+4',
    ],
    ['[R-05] unseen initiative in 2014', { kind: 'initiative' }, { conditions: ['invisible'] }, '1d20+4'],
  ])('%s', (...[, check, given, expression]) => {
    expect(plan(check, given).expression).toBe(expression)
  })

  it('names where it comes from', () => {
    const { advantage } = plan(stealth, { advantage: true, exhaustion: 1 })
    expect(advantage).toEqual({
      state: 'straight',
      sources: [
        { source: 'asked', effect: 'advantage' },
        { source: 'condition', effect: 'disadvantage', condition: 'exhaustion', rule: 'R-60' },
      ],
      possible: [],
    })
  })

  it('counts what depends on circumstances when they are told, and names it before', () => {
    const before = plan(dagger, { conditions: ['frightened'] })
    expect(before.advantage.state).toBe('straight')
    expect(before.advantage.possible).toMatchObject([{ condition: 'frightened', when: 'sees-source' }])
    const told = plan(dagger, { conditions: ['frightened'], circumstances: ['sees-source'] })
    expect(told.advantage.state).toBe('disadvantage')
    expect(told.advantage.possible).toEqual([])
  })

  it('[R-65] a paralysed creature fails Strength and Dexterity saves, and no others', () => {
    const given = { conditions: ['paralyzed'] as const }
    expect(plan({ kind: 'save', key: 'dex' }, given).isAutoFail).toBe(true)
    expect(plan({ kind: 'save', key: 'dex' }, given).advantage.sources).toMatchObject([
      { effect: 'auto-fail', condition: 'paralyzed' },
    ])
    expect(plan({ kind: 'save', key: 'wis' }, given).isAutoFail).toBe(false)
  })

  it.each<readonly [object, readonly RollCheck[], readonly RollCheck[]]>([
    [
      { on: 'skill', key: 'stealth' },
      [stealth],
      [
        { kind: 'skill', key: 'arcana' },
        { kind: 'ability', key: 'dex' },
      ],
    ],
    [
      { on: 'ability', key: 'dex' },
      [stealth, { kind: 'ability', key: 'dex' }, { kind: 'initiative' }],
      [
        { kind: 'skill', key: 'arcana' },
        { kind: 'save', key: 'dex' },
      ],
    ],
    [
      { on: 'ability', key: null },
      [stealth, { kind: 'skill', key: 'arcana' }],
      [{ kind: 'save', key: 'int' }, dagger],
    ],
    [{ on: 'save', key: null }, [{ kind: 'save', key: 'int' }], [{ kind: 'ability', key: 'int' }]],
    [{ on: 'attack', key: 'dagger' }, [dagger], [{ kind: 'damage', key: 'dagger' }]],
    [{ on: 'initiative' }, [{ kind: 'initiative' }], [stealth]],
  ])('the sheet gives it where it says so: %j', (trait, covered, others) => {
    const sheet = sheetSchema.parse({
      ...rogue,
      rollTraits: [{ ...trait, gives: 'advantage', reason: 'Cloak' }],
    })
    for (const check of covered) {
      expect(plan(check, { sheet }).advantage).toMatchObject({
        state: 'advantage',
        sources: [{ source: 'sheet', effect: 'advantage', reason: 'Cloak' }],
      })
    }
    for (const check of others) expect(plan(check, { sheet }).advantage.state).toBe('straight')
  })
})

describe('what any character rolls', () => {
  const check: fc.Arbitrary<RollCheck> = fc.oneof(
    fc.record({
      kind: fc.constantFrom('ability' as const, 'save' as const),
      key: fc.constantFrom(...abilities),
    }),
    fc.record({ kind: fc.constant('skill' as const), key: fc.constantFrom(...skills) }),
    fc.record({ kind: fc.constantFrom('initiative' as const, 'spell-attack' as const) }),
    fc.record({ kind: fc.constant('hit-die' as const), key: fc.constantFrom(...hitDice) }),
  )
  const state = fc.record({
    conditions: fc.array(fc.constantFrom(...conditions), { maxLength: 4 }),
    exhaustion: fc.integer({ min: 0, max: 6 }),
    edition: fc.constantFrom<Edition>(...editions),
    advantage: fc.boolean(),
    disadvantage: fc.boolean(),
  })

  it('is dice notation that can be read', () => {
    fc.assert(
      fc.property(sheetArbitrary, state, check, (sheet, given, anyCheck) => {
        const { conditions: names, exhaustion, ...rest } = given
        const affected = {
          conditions: names.map((condition) => ({ id: condition, condition })),
          exhaustion,
        }
        const attackChecks = sheet.attacks.flatMap(({ id }): RollCheck[] => [
          { kind: 'attack', key: id },
          { kind: 'damage', key: id },
          { kind: 'damage', key: id, isCritical: true },
        ])
        for (const one of [anyCheck, ...attackChecks]) {
          const planned = rollFor({ sheet, affected, ...rest }, one)
          if (planned !== null) expect(parseDice(planned.expression)).toHaveProperty('expression')
        }
      }),
      { numRuns: 300 },
    )
  })
})
