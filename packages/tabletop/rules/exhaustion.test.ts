import { describe, expect, it } from 'bun:test'
import { editions, type Edition } from '../table/creatures'
import { rollingOf, type D20Test } from './d20-tests'
import { effectsOf } from './effects'
import { setExhaustion } from './exhaustion'
import { exhaustionEffects } from './exhaustion-effects'
import { hpLabel, maximumOf } from './hit-points'
import { codes, creature, path, points, rules } from './testing/creature'

function inShort(level: number, edition: Edition): readonly string[] {
  return exhaustionEffects(level, edition).map((effect) =>
    [
      effect.effect,
      'on' in effect ? effect.on : '',
      'amount' in effect ? effect.amount : '',
      'feet' in effect ? effect.feet : '',
      'by' in effect ? effect.by : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  )
}

describe('R-60 exhaustion', () => {
  const levels2014 = [
    ['disadvantage check'],
    ['speed-half'],
    ['disadvantage attack', 'disadvantage save'],
    ['maximum-half'],
    ['speed-zero'],
    ['hindered dead'],
  ]

  it.each([0, 1, 2, 3, 4, 5, 6])('in 2014 level %i has what all levels up to it have', (level) => {
    expect(inShort(level, '2014')).toEqual(levels2014.slice(0, level).flat())
  })

  it.each([
    [0, []],
    [1, ['d20-penalty 2', 'speed-less 5']],
    [2, ['d20-penalty 4', 'speed-less 10']],
    [3, ['d20-penalty 6', 'speed-less 15']],
    [4, ['d20-penalty 8', 'speed-less 20']],
    [5, ['d20-penalty 10', 'speed-less 25']],
    [6, ['d20-penalty 12', 'speed-less 30', 'hindered dead']],
  ] as const)('in 2024 level %i is %j', (level, expected) => {
    expect(inShort(level, '2024')).toEqual([...expected])
  })

  const save: D20Test = { kind: 'save', ability: 'con' }
  it.each([
    ['2014', 1, { kind: 'initiative' }, 'disadvantage', 0],
    ['2014', 2, save, 'straight', 0],
    ['2014', 3, save, 'disadvantage', 0],
    ['2014', 3, { kind: 'attacked' }, 'straight', 0],
    ['2024', 3, save, 'straight', 6],
    ['2024', 3, { kind: 'attack' }, 'straight', 6],
    ['2024', 3, { kind: 'attacked' }, 'straight', 0],
    ['2024', 3, { kind: 'talked-to-by-charmer' }, 'straight', 0],
  ] as const)('in %s level %i makes %j %s, less %i', (...[edition, exhaustion, test, mode, penalty]) => {
    const rolling = rollingOf(test, effectsOf(creature({ exhaustion }), edition))
    expect(rolling).toMatchObject({ mode, penalty })
  })

  it.each([
    ['2014', 3, 20, 15],
    ['2014', 4, 10, 10],
    ['2024', 4, 20, 15],
  ] as const)(
    'in %s level %i: a maximum of %i of 20, 15 hit points become %i',
    (...[edition, level, max, now]) => {
      const { vitals, steps } = setExhaustion(creature({ now: 15 }), level, rules(edition))
      expect(maximumOf(vitals, edition)).toBe(max)
      expect(points(vitals)).toEqual([now, 0])
      expect(path(steps)).toEqual([now])
    },
  )

  it('in 2014 half of an odd maximum is rounded down, changes first', () => {
    expect(maximumOf(creature({ max: 18, maxChange: 5, exhaustion: 4 }), '2014')).toBe(11)
  })

  it('in 2014 words for hit points go by the halved maximum', () => {
    expect(hpLabel(creature({ now: 10, exhaustion: 4 }), '2014')).toBe('healthy')
    expect(hpLabel(creature({ now: 10, exhaustion: 4 }), '2024')).toBe('bloodied')
  })

  it('in 2014 half of 1 is 0, and fells', () => {
    const { vitals } = setExhaustion(creature({ max: 1 }), 4, rules('2014'))
    expect(vitals.life).toBe('dying')
  })

  it.each(editions)('level 6 kills in %s', (edition) => {
    const { vitals, steps, happened } = setExhaustion(creature({ exhaustion: 5 }), 6, rules(edition))
    expect(vitals).toMatchObject({ life: 'dead', exhaustion: 6 })
    expect(path(steps)).toEqual([0])
    expect(happened).toEqual([
      { code: 'exhaustion-changed', from: 5, to: 6 },
      { code: 'died', reason: 'exhaustion' },
    ])
  })

  it.each([
    [-3, 0],
    [9, 6],
  ])('a level of %i is %i', (level, kept) => {
    expect(setExhaustion(creature({ exhaustion: 2 }), level, rules('2024')).vitals.exhaustion).toBe(kept)
  })

  it('the same level again is nothing new', () => {
    expect(codes(setExhaustion(creature({ exhaustion: 2 }), 2, rules('2024')).happened)).toEqual([])
  })
})
