import { describe, expect, it } from 'bun:test'
import { editions, type Edition, type Vitals } from '../table/creatures'
import { takeDamage } from './damage'
import { longRest, shortRest, type LongRest, type RestObstacle, type ShortRest } from './rests'
import type { Outcome } from './rules'
import { codes, conditionsOf, creature, dying, parts, path, points, rules, target } from './testing/creature'

const hitDice = { d8: 3, d10: 2 }
const night: LongRest = { hitDice, resources: ['rage'], isFed: true }
const hour: ShortRest = { hitDice, resources: ['ki'], rolls: [], conModifier: 2 }

function rested(outcome: Outcome | { readonly obstacle: RestObstacle }): Outcome {
  if ('obstacle' in outcome) throw new Error(`The rest was refused: ${outcome.obstacle}`)
  return outcome
}

for (const edition of editions)
  describe(`rests in ${edition}`, () => {
    it('R-23, R-74 a long rest gives all hit points and takes the temporary ones', () => {
      const { vitals, steps } = rested(longRest(creature({ now: 3, temporary: 5 }), night, edition))
      expect(points(vitals)).toEqual([20, 0])
      expect(steps).toEqual([{ step: 'rest', rule: 'R-74', from: 3, to: 20, params: { maximum: 20 } }])
    })

    it('gives back all slots and what comes back with it, and nothing else', () => {
      const spent = {
        slots: { '1': 2, pact: 1 },
        resources: { rage: 2, wand: 1 },
        hitDice: {},
      }
      const { vitals } = rested(longRest(creature({ spent }), night, edition))
      expect(vitals.spent).toEqual({ slots: {}, resources: { wand: 1 }, hitDice: {} })
    })

    it('R-60, R-74 takes one level of exhaustion', () => {
      const { vitals, happened } = rested(longRest(creature({ exhaustion: 3 }), night, edition))
      expect(vitals.exhaustion).toBe(2)
      expect(happened).toEqual([{ code: 'exhaustion-changed', from: 3, to: 2 }])
    })

    it.each([
      ['the dead', dying({ life: 'dead' }), 'dead'],
      ['the dying', dying(), 'no-hit-points'],
      ['the stable', dying({ life: 'stable' }), 'no-hit-points'],
    ] as const)('R-74 no long rest for %s', (_name, vitals, obstacle) => {
      expect(longRest(vitals, night, edition)).toEqual({ obstacle })
    })

    it('R-75 hit dice heal, each with Constitution', () => {
      const rest = {
        ...hour,
        rolls: [
          { die: 'd8', face: 5 },
          { die: 'd10', face: 4 },
        ],
      }
      const { vitals, steps } = rested(shortRest(creature({ now: 3, temporary: 4 }), rest, edition))
      expect(points(vitals)).toEqual([16, 4])
      expect(path(steps)).toEqual([7, 13, 16])
      expect(steps[0]).toMatchObject({ rule: 'R-75', params: { die: 'd8', face: 5, modifier: 2 } })
      expect(vitals.spent?.hitDice).toEqual({ d8: 1, d10: 1 })
    })

    it('R-25, R-75 never above the maximum', () => {
      const rest = { ...hour, rolls: [{ die: 'd8', face: 8 }] }
      const { vitals, steps } = rested(shortRest(creature({ now: 15 }), rest, edition))
      expect(points(vitals)).toEqual([20, 0])
      expect(path(steps)).toEqual([10, 5, 20])
    })

    it('gives back pact slots and what comes back with it, and nothing else', () => {
      const spent = { slots: { '1': 2, pact: 1 }, resources: { ki: 2, rage: 1 }, hitDice: { d8: 1 } }
      const { vitals, happened } = rested(shortRest(creature({ spent }), hour, edition))
      expect(vitals.spent).toEqual({ slots: { '1': 2 }, resources: { rage: 1 }, hitDice: { d8: 1 } })
      expect(happened).toEqual([])
    })

    it.each([
      ['the last one', 2, null],
      ['one too many', 3, 'no-hit-dice'],
    ] as const)('R-75 spends no more hit dice than there are: %s', (_name, spentDice, obstacle) => {
      const spent = { slots: {}, resources: {}, hitDice: { d8: spentDice } }
      const rest = { ...hour, rolls: [{ die: 'd8', face: 1 }] }
      const outcome = shortRest(creature({ now: 1, spent }), rest, edition)
      expect('obstacle' in outcome ? outcome.obstacle : null).toBe(obstacle)
    })

    it('who has spent more than the sheet has now may rest without any', () => {
      const spent = { slots: {}, resources: {}, hitDice: { d8: 4 } }
      expect(shortRest(creature({ spent }), hour, edition)).not.toHaveProperty('obstacle')
    })

    it('R-75 spends no dice of a kind that there is not', () => {
      const rest = { ...hour, rolls: [{ die: 'd12', face: 1 }] }
      expect(shortRest(creature(), rest, edition)).toEqual({ obstacle: 'no-hit-dice' })
    })

    it.each([
      ['the dead', dying({ life: 'dead' }), 'dead'],
      ['the dying', dying(), 'no-hit-points'],
    ] as const)('no short rest for %s', (_name, vitals, obstacle) => {
      expect(shortRest(vitals, hour, edition)).toEqual({ obstacle })
    })
  })

describe('what the editions see differently in rests', () => {
  it.each([
    ['2014', { d8: 3, d10: 2 }, { d8: 3 }],
    ['2014', { d8: 1 }, {}],
    ['2014', { d8: 3, d10: 1 }, { d8: 2 }],
    ['2024', { d8: 3, d10: 2 }, {}],
  ] as const)('R-74 in %s, of 5 hit dice with %j spent stay %j spent', (edition, spentDice, left) => {
    expect(afterNight(edition, { spentDice }).spent?.hitDice).toEqual(left)
  })

  it('R-74 in 2014 at least one hit die comes back', () => {
    expect(afterNight('2014', { spentDice: { d8: 1 }, all: { d8: 1 } }).spent?.hitDice).toEqual({})
  })

  it.each([
    ['2014', 3],
    ['2024', 2],
  ] as const)('R-74 in %s exhaustion 3 without food is %i', (edition, level) => {
    expect(afterNight(edition, { rest: { isFed: false }, exhaustion: 3 }).exhaustion).toBe(level)
  })

  it('R-74 in 2014 hit points go by the maximum of the level below', () => {
    expect(points(afterNight('2014', { exhaustion: 4 }))).toEqual([20, 0])
    expect(points(afterNight('2014', { exhaustion: 5 }))).toEqual([10, 0])
  })

  it.each([
    ['2014', {}, -6, -6],
    ['2014', { isMaximumRestored: true }, -6, 0],
    ['2024', {}, -6, 0],
    ['2024', { isMaximumRestored: false }, -6, -6],
    ['2024', {}, 5, 5],
  ] as const)(
    'R-74 in %s, with %j, a maximum changed by %i is changed by %i',
    (...[edition, rest, by, after]) => {
      const vitals = afterNight(edition, { rest, maxChange: by })
      expect(vitals.hitPoints).toMatchObject({ maxChange: after, now: 20 + after })
    },
  )

  it.each([
    ['2014', 23, 'too-soon'],
    ['2014', 24, null],
    ['2024', 15, 'too-soon'],
    ['2024', 16, null],
  ] as const)('R-74 in %s, %i hours after the last: %j', (edition, hoursSinceLast, obstacle) => {
    const outcome = longRest(creature(), { ...night, hoursSinceLast }, edition)
    expect('obstacle' in outcome ? outcome.obstacle : null).toBe(obstacle)
  })

  it.each([
    ['2014', 0],
    ['2024', 1],
  ] as const)('R-75 in %s a die and Constitution of less than nothing heal %i', (edition, healed) => {
    const rest = { ...hour, conModifier: -3, rolls: [{ die: 'd8', face: 2 }] }
    expect(points(rested(shortRest(creature({ now: 5 }), rest, edition)).vitals)).toEqual([5 + healed, 0])
  })

  it('a stable creature may rest shortly in 2014, and wakes with the first hit point', () => {
    const stable = dying({ life: 'stable' })
    const rest = { ...hour, rolls: [{ die: 'd8', face: 2 }] }
    expect(rested(shortRest(stable, rest, '2014')).vitals.life).toBe('conscious')
    expect(rested(shortRest(stable, hour, '2014')).vitals.life).toBe('stable')
    expect(shortRest(stable, rest, '2024')).toEqual({ obstacle: 'no-hit-points' })
  })

  it.each([
    ['a short rest', (vitals: Vitals) => shortRest(vitals, hour, '2024')],
    ['a long rest', (vitals: Vitals) => longRest(vitals, night, '2024')],
  ] as const)('R-42 who was knocked out by the rules of 2024 wakes with %s', (_name, rest) => {
    const out = takeDamage(
      target(creature({ now: 6 })),
      { parts: parts({ untyped: 9 }), knockOut: true },
      rules('2024'),
    )
    const { vitals, happened } = rested(rest(out.vitals))
    expect(conditionsOf(vitals)).toEqual(['prone'])
    expect(codes(happened)).toContain('woke')
  })
})

interface Night {
  readonly spentDice?: Readonly<Record<string, number>>
  readonly all?: Readonly<Record<string, number>>
  readonly rest?: Partial<LongRest>
  readonly exhaustion?: number
  readonly maxChange?: number
}

function afterNight(
  edition: Edition,
  { spentDice = {}, all = hitDice, rest = {}, exhaustion = 0, maxChange = 0 }: Night,
): Vitals {
  const spent = { slots: {}, resources: {}, hitDice: spentDice }
  const tired = creature({ now: 1, exhaustion, maxChange, spent })
  return rested(longRest(tired, { ...night, hitDice: all, ...rest }, edition)).vitals
}
