import { describe, expect, it } from 'bun:test'
import { editions, type Defences } from '../table/creatures'
import { takeDamage } from './damage'
import type { Hit, HouseRules } from './rules'
import { creature, parts, path, points, rules, target } from './testing/creature'

const fire = { type: 'fire' } as const
const cold = { type: 'cold' } as const
const slashing = { type: 'slashing' } as const

interface Case {
  readonly name: string
  readonly hit: Hit
  readonly defences?: Partial<Defences>
  readonly house?: Partial<HouseRules>
  /** Of the damage: what was rolled, then each number that it came to. */
  readonly path: readonly number[]
}

// Every case is of a creature with 100 hit points, so that the last two numbers of each trace are dealt and left.
const inBoth: readonly Case[] = [
  { name: 'R-10 1d4-5 on a 4 deals 0', hit: { parts: parts({ untyped: -1 }) }, path: [-1, 0] },
  { name: 'R-10 0 is possible', hit: { parts: parts({ fire: 0 }) }, path: [0] },
  {
    name: 'R-10 one part below 0 takes nothing from another',
    hit: { parts: parts({ slashing: -1, fire: 5 }) },
    path: [4, 5],
  },
  { name: 'R-10 no parts, no damage', hit: { parts: [] }, path: [0] },
  {
    name: 'R-11 27 saved for half is 13',
    hit: { parts: parts({ fire: 27 }), isHalved: true },
    path: [27, 13.5, 13],
  },
  {
    name: 'R-11 the whole is halved: 7 and 7 are 7, not 6',
    hit: { parts: parts({ fire: 7, cold: 7 }), isHalved: true },
    path: [14, 7],
  },
  {
    name: 'R-11 of three odd parts half a point is lost: 3, 3 and 3 are 4',
    hit: { parts: parts({ fire: 3, cold: 3, acid: 3 }), isHalved: true },
    path: [9, 4.5, 4],
  },
  {
    name: 'R-13 25 - 5 = 20, resisted 10',
    hit: { parts: parts({ bludgeoning: 25 }), adjustment: -5 },
    defences: { resistances: [{ type: 'bludgeoning' }] },
    path: [25, 20, 10],
  },
  {
    name: 'R-13 28 - 5 = 23, resisted 11, vulnerable 22',
    hit: { parts: parts({ fire: 28 }), adjustment: -5 },
    defences: { resistances: [fire], vulnerabilities: [fire] },
    path: [28, 23, 11.5, 11, 22],
  },
  {
    name: 'R-13 saved for half before it is adjusted',
    hit: { parts: parts({ fire: 27 }), isHalved: true, adjustment: -5 },
    path: [27, 13.5, 13, 8],
  },
  {
    name: 'R-13 an adjustment may add',
    hit: { parts: parts({ fire: 10, cold: 4 }), adjustment: 3 },
    defences: { resistances: [cold] },
    path: [14, 17, 15],
  },
  {
    name: 'R-13 an adjustment adds to nothing too',
    hit: { parts: [], adjustment: 3 },
    path: [0, 3],
  },
  {
    name: 'R-13 an adjustment is taken from the first part on',
    hit: { parts: parts({ fire: 4, cold: 10 }), adjustment: -6 },
    defences: { immunities: [fire], resistances: [cold] },
    path: [14, 8, 4],
  },
  {
    name: 'R-13 an adjustment cannot heal',
    hit: { parts: parts({ fire: 4, cold: 3 }), adjustment: -9 },
    path: [7, -2, 0],
  },
  {
    name: 'R-13 each type is resisted by itself',
    hit: { parts: parts({ slashing: 9, fire: 7, cold: 3 }) },
    defences: { resistances: [fire], vulnerabilities: [cold], immunities: [slashing] },
    path: [19, 10, 6.5, 6, 9],
  },
  {
    name: 'R-14 two resistances to one type count once',
    hit: { parts: parts({ slashing: 12 }) },
    defences: { resistances: [slashing, { type: 'slashing', nonmagical: true }] },
    path: [12, 6],
  },
  {
    name: 'R-14 two vulnerabilities to one type count once',
    hit: { parts: parts({ fire: 5 }) },
    defences: { vulnerabilities: [fire, fire] },
    path: [5, 10],
  },
  {
    name: 'R-15 immunity leaves nothing of its type',
    hit: { parts: parts({ fire: 12, cold: 4 }) },
    defences: { immunities: [fire], vulnerabilities: [fire] },
    path: [16, 4],
  },
  {
    name: 'R-15 what holds against the nonmagical lets magic through',
    hit: { parts: parts({ slashing: 12 }), isMagical: true },
    defences: { immunities: [{ type: 'slashing', nonmagical: true }] },
    path: [12],
  },
  {
    name: 'R-15 and holds against the rest',
    hit: { parts: parts({ slashing: 12 }) },
    defences: { immunities: [{ type: 'slashing', nonmagical: true }] },
    path: [12, 0],
  },
  {
    name: 'R-15 what silver passes lets it through',
    hit: { parts: parts({ slashing: 12 }), material: 'silvered' },
    defences: { immunities: [{ type: 'slashing', nonmagical: true, bypassedBy: 'silvered' }] },
    path: [12],
  },
  {
    name: 'R-15 and holds against adamantine',
    hit: { parts: parts({ slashing: 12 }), material: 'adamantine' },
    defences: { immunities: [{ type: 'slashing', nonmagical: true, bypassedBy: 'silvered' }] },
    path: [12, 0],
  },
  {
    name: 'R-15 magic meets what holds against everything',
    hit: { parts: parts({ slashing: 12 }), isMagical: true },
    defences: { resistances: [slashing] },
    path: [12, 6],
  },
  {
    name: 'R-16 7 resisted is 3',
    hit: { parts: parts({ fire: 7 }) },
    defences: { resistances: [fire] },
    path: [7, 3.5, 3],
  },
  {
    name: 'R-16 parts of one type are rounded once',
    hit: {
      parts: [
        { amount: 3, type: 'fire' },
        { amount: 3, type: 'fire' },
      ],
    },
    defences: { resistances: [fire] },
    path: [6, 3],
  },
]

for (const edition of editions)
  describe(`damage in ${edition}`, () => {
    it.each(inBoth.map((row) => [row.name, row] as const))('%s', (_name, row) => {
      const whole = creature({ max: 100 })
      const hurt = takeDamage(target(whole, row.defences), row.hit, rules(edition, row.house))
      const dealt = row.path.at(-1) ?? Number.NaN
      expect(hurt.dealt).toBe(dealt)
      expect(path(hurt.steps)).toEqual([...row.path, 100 - dealt])
      expect(points(hurt.vitals)).toEqual([100 - dealt, 0])
    })

    it('R-12 one roll for all: who saved takes half of the very same damage', () => {
      const fireball: Hit = { parts: parts({ fire: 28 }) }
      const failed = takeDamage(target(creature({ max: 50 })), fireball, rules(edition))
      const saved = takeDamage(target(creature({ max: 50 })), { ...fireball, isHalved: true }, rules(edition))
      expect([failed.dealt, saved.dealt]).toEqual([28, 14])
    })

    it.each([
      ['5 temp, 7 dmg: 2 HP lost', { now: 20, temporary: 5 }, 7, [18, 0], [7, 2, 18]],
      ['all of it absorbed', { now: 20, temporary: 9 }, 7, [20, 2], [7, 0, 20]],
      ['none there', { now: 20 }, 7, [13, 0], [7, 13]],
    ] as const)('R-20 temporary hit points go first: %s', (...[, sketch, damage, left, trace]) => {
      const hurt = takeDamage(target(creature(sketch)), { parts: parts({ untyped: damage }) }, rules(edition))
      expect(points(hurt.vitals)).toEqual(left)
      expect(path(hurt.steps)).toEqual(trace)
      expect(hurt.dealt).toBe(7)
    })

    it.each([
      ['all damage, typed or not', { fire: 7, untyped: 4 }, {}, 5],
      ['once, with a resistance of its own', { fire: 8 }, { resistances: [fire] }, 4],
    ] as const)('R-67 stone resists %s', (...[, amounts, defences, dealt]) => {
      const stone = creature({ max: 50, conditions: [{ id: 'p', condition: 'petrified' }] })
      expect(takeDamage(target(stone, defences), { parts: parts(amounts) }, rules(edition)).dealt).toBe(dealt)
    })

    it('names the rule of each step, and what it is about', () => {
      const hurt = takeDamage(
        target(creature({ max: 50, temporary: 2 }), { resistances: [fire] }),
        { parts: parts({ fire: 27, slashing: 4 }), isHalved: true, adjustment: -1 },
        rules(edition),
      )
      expect(hurt.steps).toEqual([
        { step: 'raw', rule: 'R-10', from: 0, to: 31, params: { fire: 27, slashing: 4 } },
        { step: 'half', rule: 'R-11', from: 31, to: 15.5 },
        { step: 'rounded-down', rule: 'R-16', from: 15.5, to: 15 },
        { step: 'adjustment', rule: 'R-13', from: 15, to: 14, params: { adjustment: -1 } },
        { step: 'resistance', rule: 'R-13', from: 14, to: 8, params: { type: 'fire' } },
        { step: 'temp-hp', rule: 'R-20', from: 8, to: 6, params: { absorbed: 2 } },
        { step: 'to-hp', rule: 'R-20', from: 6, to: 44, params: { before: 50 } },
      ])
    })

    it('leaves the dead as they are', () => {
      const dead = creature({ now: 0, life: 'dead', temporary: 3 })
      const hurt = takeDamage(target(dead), { parts: parts({ fire: 50 }) }, rules(edition))
      expect(hurt).toMatchObject({ vitals: dead, dealt: 50, happened: [] })
      expect(path(hurt.steps)).toEqual([50, 0])
    })
  })

describe('half points as the table likes', () => {
  it.each([
    ['2014', 'up', [27, 13.5, 14, 86]],
    ['2014', 'down', [27, 13.5, 13, 87]],
    ['2024', 'up', [27, 13.5, 13, 87]],
  ] as const)('R-11, R-16 in %s, rounded %s', (edition, halfPoints, trace) => {
    const halved = takeDamage(
      target(creature({ max: 100 })),
      { parts: parts({ fire: 27 }), isHalved: true },
      rules(edition, { halfPoints }),
    )
    const resisted = takeDamage(
      target(creature({ max: 100 }), { resistances: [fire] }),
      { parts: parts({ fire: 27 }) },
      rules(edition, { halfPoints }),
    )
    expect(path(halved.steps)).toEqual(trace)
    expect(path(resisted.steps)).toEqual(trace)
  })

  it('R-11 never gives two halves that are more than the whole', () => {
    const hurt = takeDamage(
      target(creature({ max: 100 })),
      { parts: parts({ fire: 7, cold: 7, acid: 7 }), isHalved: true },
      rules('2014', { halfPoints: 'up' }),
    )
    expect(path(hurt.steps)).toEqual([21, 10.5, 11, 89])
  })
})
