import { describe, expect, it } from 'bun:test'
import { conditions, editions, type Condition, type Edition, type Vitals } from '../table/creatures'
import { addCondition, endGrapplesBy, expire, isIncapacitated, removeCondition } from './conditions'
import { rollingOf, type D20Test } from './d20-tests'
import { effectsOf } from './effects'
import { codes, conditionsOf, creature, dying, rules } from './testing/creature'

const under = (condition: Condition, edition: Edition, vitals: Vitals = creature()): Vitals =>
  addCondition(vitals, { id: condition, condition }, rules(edition)).vitals

/** The effects that are not about rolls, in short. */
function otherEffects(vitals: Vitals, edition: Edition): readonly string[] {
  return effectsOf(vitals, edition)
    .filter((effect) => !('on' in effect))
    .map((effect) => ('by' in effect ? effect.by : effect.effect))
}

for (const edition of editions)
  describe(`conditions in ${edition}`, () => {
    it.each([
      ['paralyzed', ['incapacitated']],
      ['petrified', ['incapacitated']],
      ['stunned', ['incapacitated']],
      ['unconscious', ['incapacitated', 'prone']],
      ['incapacitated', []],
      ['restrained', []],
    ] as const)('R-65 to R-67 %s brings along %j, and takes it away', (condition, along) => {
      const { vitals, happened } = addCondition(creature(), { id: 'x', condition }, rules(edition))
      expect(conditionsOf(vitals)).toEqual([condition, ...along])
      expect(vitals.conditions.slice(1).every(({ impliedBy }) => impliedBy === 'x')).toBe(true)
      expect(happened).toEqual(
        [condition, ...along].map((gained) => ({ code: 'condition-gained', condition: gained })),
      )
      expect(isIncapacitated(vitals)).toBe(along.length > 0 || condition === 'incapacitated')
      const after = removeCondition(vitals, 'x').vitals
      expect(conditionsOf(after)).toEqual(condition === 'unconscious' ? ['prone'] : [])
      expect(after.conditions.every(({ impliedBy }) => impliedBy === undefined)).toBe(true)
    })

    it('R-65 who lies already does not fall again', () => {
      expect(conditionsOf(under('unconscious', edition, under('prone', edition)))).toEqual([
        'prone',
        'unconscious',
        'incapacitated',
      ])
    })

    it('R-62 the same condition from two sources ends when both have ended', () => {
      const table = rules(edition)
      const once = addCondition(creature(), { id: 'a', condition: 'poisoned', source: 'spider' }, table)
      const twice = addCondition(once.vitals, { id: 'b', condition: 'poisoned', source: 'trap' }, table)
      expect(twice.happened).toEqual([])
      expect(effectsOf(twice.vitals, edition)).toEqual(effectsOf(once.vitals, edition))
      const less = removeCondition(twice.vitals, 'a')
      expect(less.happened).toEqual([])
      expect(removeCondition(less.vitals, 'b').happened).toEqual([
        { code: 'condition-ended', condition: 'poisoned' },
      ])
    })

    it('R-65 incapacitated stays as long as anything brings it along', () => {
      const both = under('paralyzed', edition, under('stunned', edition))
      const less = removeCondition(both, 'stunned').vitals
      expect(conditionsOf(less)).toEqual(['paralyzed', 'incapacitated'])
    })

    it('what was brought along does not go by itself, but anyone may be helped up', () => {
      const down = dying()
      expect(removeCondition(down, 'u-i').vitals).toBe(down)
      expect(conditionsOf(removeCondition(down, 'u-p').vitals)).toEqual(['unconscious', 'incapacitated'])
    })

    it('nobody wakes at 0 hit points by losing a condition', () => {
      for (const life of ['dying', 'stable'] as const) {
        const down = dying({ life })
        expect(removeCondition(down, 'u').vitals).toBe(down)
      }
    })

    it('R-62 exhaustion does stack: one level more', () => {
      const { vitals, happened } = addCondition(
        creature({ exhaustion: 2 }),
        { id: 'x', condition: 'exhaustion' },
        rules(edition),
      )
      expect(vitals).toMatchObject({ exhaustion: 3, conditions: [] })
      expect(happened).toEqual([{ code: 'exhaustion-changed', from: 2, to: 3 }])
    })

    it('R-63 a grapple ends with its grappler', () => {
      const held = ['ogre', 'crab'].reduce<Vitals>(
        (vitals, source) =>
          addCondition(vitals, { id: source, condition: 'grappled', source }, rules(edition)).vitals,
        under('prone', edition),
      )
      expect(endGrapplesBy(held, 'ogre').vitals.conditions.map(({ id }) => id)).toEqual(['prone', 'crab'])
    })

    it.each([
      ['its own moment', { moment: 'end', of: 'hero', round: 3 }, true],
      ['the start of that turn', { moment: 'start', of: 'hero', round: 3 }, false],
      ['the turn of another', { moment: 'end', of: 'ogre', round: 3 }, false],
      ['the round before', { moment: 'end', of: 'hero', round: 2 }, false],
      ['a later round', { moment: 'start', of: 'hero', round: 4 }, true],
    ] as const)('what lasts to the end of a turn of round 3 ends at %s', (_name, moment, hasEnded) => {
      const { vitals } = addCondition(
        creature(),
        { id: 'x', condition: 'stunned', until: { moment: 'end', of: 'hero', round: 3 } },
        rules(edition),
      )
      expect(expire(vitals, moment).vitals.conditions).toHaveLength(hasEnded ? 0 : 2)
    })

    it('what lasts to the start of a turn has ended by its end', () => {
      const { vitals } = addCondition(
        creature(),
        { id: 'x', condition: 'prone', until: { moment: 'start', of: 'hero', round: 3 } },
        rules(edition),
      )
      expect(codes(expire(vitals, { moment: 'end', of: 'hero', round: 3 }).happened)).toEqual([
        'condition-ended',
      ])
    })

    it('what has no end does not end by itself', () => {
      const poisoned = under('poisoned', edition)
      expect(expire(poisoned, { moment: 'end', of: 'hero', round: 99 }).vitals).toBe(poisoned)
    })

    it.each(conditions)('R-61 every effect of %s has a rule and knows where it is from', (condition) => {
      const effects = effectsOf(under(condition, edition), edition)
      expect(effects.length).toBeGreaterThan(0)
      expect(effects.every(({ rule }) => /^R-6[0-9]$/.test(rule))).toBe(true)
      expect(effects.some(({ from }) => from === condition)).toBe(true)
    })
  })

/** What one condition makes of a roll, in both editions unless they differ. */
const rolls: readonly (readonly [Condition, D20Test, string, string?])[] = [
  ['blinded', { kind: 'attack' }, 'disadvantage'],
  ['blinded', { kind: 'attacked' }, 'advantage'],
  ['blinded', { kind: 'check', circumstances: ['needs-sight'] }, 'auto-fail'],
  ['blinded', { kind: 'check' }, 'straight'],
  ['charmed', { kind: 'talked-to-by-charmer' }, 'advantage'],
  ['charmed', { kind: 'check' }, 'straight'],
  ['deafened', { kind: 'check', circumstances: ['needs-hearing'] }, 'auto-fail'],
  ['frightened', { kind: 'attack', circumstances: ['sees-source'] }, 'disadvantage'],
  ['frightened', { kind: 'check', circumstances: ['sees-source'] }, 'disadvantage'],
  ['frightened', { kind: 'attack' }, 'straight'],
  ['grappled', { kind: 'attack', circumstances: ['not-at-grappler'] }, 'straight', 'disadvantage'],
  ['grappled', { kind: 'attack' }, 'straight'],
  ['incapacitated', { kind: 'initiative' }, 'straight', 'disadvantage'],
  ['incapacitated', { kind: 'attacked' }, 'straight'],
  ['invisible', { kind: 'attack' }, 'advantage'],
  ['invisible', { kind: 'attacked' }, 'disadvantage'],
  ['invisible', { kind: 'initiative' }, 'straight', 'advantage'],
  ['paralyzed', { kind: 'attacked' }, 'advantage'],
  ['paralyzed', { kind: 'save', ability: 'str' }, 'auto-fail'],
  ['paralyzed', { kind: 'save', ability: 'dex' }, 'auto-fail'],
  ['paralyzed', { kind: 'save', ability: 'con' }, 'straight'],
  ['petrified', { kind: 'attacked' }, 'advantage'],
  ['petrified', { kind: 'save', ability: 'dex' }, 'auto-fail'],
  ['poisoned', { kind: 'attack' }, 'disadvantage'],
  ['poisoned', { kind: 'check' }, 'disadvantage'],
  ['poisoned', { kind: 'initiative' }, 'disadvantage'],
  ['poisoned', { kind: 'save', ability: 'con' }, 'straight'],
  ['prone', { kind: 'attack' }, 'disadvantage'],
  ['prone', { kind: 'attacked', circumstances: ['within-5-ft'] }, 'advantage'],
  ['prone', { kind: 'attacked', circumstances: ['beyond-5-ft'] }, 'disadvantage'],
  ['restrained', { kind: 'attack' }, 'disadvantage'],
  ['restrained', { kind: 'attacked' }, 'advantage'],
  ['restrained', { kind: 'save', ability: 'dex' }, 'disadvantage'],
  ['restrained', { kind: 'save', ability: 'str' }, 'straight'],
  ['stunned', { kind: 'attacked' }, 'advantage'],
  ['stunned', { kind: 'save', ability: 'str' }, 'auto-fail'],
  // Advantage for being unconscious, disadvantage for lying far away: neither.
  ['unconscious', { kind: 'attacked', circumstances: ['beyond-5-ft'] }, 'straight'],
  ['unconscious', { kind: 'attacked', circumstances: ['within-5-ft'] }, 'advantage'],
  ['unconscious', { kind: 'save', ability: 'dex' }, 'auto-fail'],
]

describe.each(editions)('R-61 to R-69 what conditions make of rolls in %s', (edition) => {
  it.each(rolls.map((row) => [row[0], JSON.stringify(row[1]), row] as const))(
    '%s: %s',
    (_condition, _test, [condition, test, in2014, in2024 = in2014]) => {
      const rolling = rollingOf(test, effectsOf(under(condition, edition), edition))
      expect(rolling.isAutoFail ? 'auto-fail' : rolling.mode).toBe(
        (edition === '2014' ? in2014 : in2024) as typeof rolling.mode,
      )
    },
  )
})

describe('R-61 to R-69 what else conditions mean', () => {
  const grip = ['speed-zero', 'ends-when-source-is', 'ends-when-moved-apart']
  const limp2014 = ['no-actions', 'no-reactions']
  const limp2024 = ['no-actions', 'no-bonus-actions', 'no-reactions', 'no-concentration', 'no-speech']
  const stone = ['turned-to-stone', 'resists-all-damage', 'immune-to-condition']
  const lying = ['crawls', 'stand-costs-half-speed']

  it.each([
    ['2014', 'blinded', ['no-sight']],
    ['2014', 'charmed', ['no-harm-to-charmer']],
    ['2014', 'deafened', ['no-hearing']],
    ['2014', 'frightened', ['no-approach']],
    ['2014', 'grappled', grip],
    ['2024', 'grappled', [...grip, 'may-be-dragged']],
    ['2014', 'incapacitated', limp2014],
    ['2024', 'incapacitated', limp2024],
    ['2014', 'invisible', ['unseen']],
    ['2014', 'paralyzed', ['no-movement', 'no-speech', 'hit-is-critical', ...limp2014]],
    ['2024', 'paralyzed', ['speed-zero', 'hit-is-critical', ...limp2024]],
    ['2014', 'petrified', ['no-movement', 'no-speech', 'unaware', ...stone, ...limp2014]],
    ['2024', 'petrified', ['speed-zero', ...stone, ...limp2024]],
    ['2014', 'poisoned', []],
    ['2014', 'prone', lying],
    ['2024', 'prone', lying],
    ['2014', 'restrained', ['speed-zero']],
    // The 2024 text has no line about movement.
    ['2014', 'stunned', ['no-movement', 'falters', ...limp2014]],
    ['2024', 'stunned', limp2024],
    [
      '2014',
      'unconscious',
      ['no-movement', 'no-speech', 'unaware', 'drops-held', 'hit-is-critical', ...limp2014, ...lying],
    ],
    [
      '2024',
      'unconscious',
      ['unaware', 'drops-held', 'speed-zero', 'hit-is-critical', ...limp2024, ...lying],
    ],
  ] as const)('in %s %s: %j', (edition, condition, expected) => {
    expect(otherEffects(under(condition, edition), edition)).toEqual([...expected])
  })
})
