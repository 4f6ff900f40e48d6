import { describe, expect, it } from 'bun:test'
import { editions } from '../table/creatures'
import { giveTemporaryHp, heal } from './healing'
import { changeMaximum, hpLabel, maximumOf, setHitPoints } from './hit-points'
import { codes, conditionsOf, creature, dying, path, points, rules } from './testing/creature'

for (const edition of editions)
  describe(`healing in ${edition}`, () => {
    it.each([
      ['14/20 + 8 is 20', { now: 14 }, 8, 6, [20, 0], [8, 6, 20]],
      ['14/20 + 6 is 20', { now: 14 }, 6, 6, [20, 0], [6, 20]],
      ['none at the maximum', { now: 20 }, 6, 0, [20, 0], [6, 0, 20]],
      ['a raised maximum has room', { now: 20, maxChange: 5 }, 8, 5, [25, 0], [8, 5, 25]],
      ['healing below 0 is none', { now: 14 }, -3, 0, [14, 0], [-3, 0, 14]],
    ] as const)('R-25 %s', (...[, sketch, amount, healed, left, trace]) => {
      const outcome = heal(creature(sketch), amount, edition)
      expect(outcome.healed).toBe(healed)
      expect(points(outcome.vitals)).toEqual(left)
      expect(path(outcome.steps)).toEqual([...trace])
      expect(outcome.happened).toEqual([])
    })

    it.each([
      ['larger', 10, 12, 12],
      ['larger', 12, 10, 12],
      ['keep', 10, 12, 10],
      ['replace', 12, 10, 10],
      ['keep', 0, 12, 12],
    ] as const)('R-21 they never add up: %s of %i and %i is %i', (...[choice, before, offered, after]) => {
      const { vitals, steps } = giveTemporaryHp(creature({ temporary: before }), offered, choice)
      expect(points(vitals)).toEqual([20, after])
      expect(steps).toEqual([
        { step: 'temp-hp', rule: 'R-21', from: before, to: after, params: { offered, choice } },
      ])
    })

    it('R-21 replaced by less than nothing is nothing', () => {
      expect(points(giveTemporaryHp(creature({ temporary: 4 }), -3, 'replace').vitals)).toEqual([20, 0])
    })

    it('R-22 temporary hit points go beyond the maximum, and healing restores none', () => {
      const shielded = giveTemporaryHp(creature({ now: 20 }), 7, 'larger').vitals
      expect(points(shielded)).toEqual([20, 7])
      expect(points(heal(creature({ now: 20, temporary: 2 }), 9, edition).vitals)).toEqual([20, 2])
    })

    it('R-24 temporary hit points neither wake nor stabilise', () => {
      const { vitals, happened } = giveTemporaryHp(dying(), 7, 'larger')
      expect(vitals.life).toBe('dying')
      expect(conditionsOf(vitals)).toContain('unconscious')
      expect(happened).toEqual([])
    })

    it.each([
      ['raised', 5, [20, 0], 25],
      ['lowered', -8, [12, 0], 12],
    ] as const)('a maximum %s by %i', (...[, by, left, maximum]) => {
      const { vitals, steps } = changeMaximum(creature(), by, rules(edition))
      expect(points(vitals)).toEqual(left)
      expect(maximumOf(vitals, edition)).toBe(maximum)
      expect(steps).toEqual([{ step: 'maximum', rule: 'R-32', from: 20, to: left[0], params: { maximum } }])
    })

    it('a lowered maximum leaves fewer hit points alone', () => {
      expect(points(changeMaximum(creature({ now: 9 }), -8, rules(edition)).vitals)).toEqual([9, 0])
    })

    it.each([
      ['healthy', 20],
      ['wounded', 19],
      ['wounded', 11],
      ['bloodied', 10],
      ['bloodied', 6],
      ['critical', 5],
      ['critical', 1],
      ['down', 0],
    ] as const)('calls a creature %s at %i of 20', (label, now) => {
      expect(hpLabel(creature({ now, life: now === 0 ? 'dying' : 'conscious' }), edition)).toBe(label)
    })

    it('calls the dead dead', () => {
      expect(hpLabel(creature({ now: 0, life: 'dead' }), edition)).toBe('dead')
    })

    it.each([
      [7, [7, 0], [7]],
      [25, [20, 0], [25, 20]],
      [-5, [0, 0], [-5, 0]],
    ] as const)('sets hit points to %i by hand', (now, left, trace) => {
      const { vitals, steps } = setHitPoints(creature({ now: 14 }), now, rules(edition))
      expect(points(vitals)).toEqual([...left])
      expect(path(steps)).toEqual([...trace])
    })

    it('set to 0 a character falls and a monster dies; set above it they wake; the dead stay dead', () => {
      const down = setHitPoints(creature(), 0, rules(edition))
      expect(down.vitals.life).toBe('dying')
      expect(codes(down.happened)).toContain('fell')
      const up = setHitPoints(down.vitals, 5, rules(edition))
      expect(up.vitals.life).toBe('conscious')
      expect(conditionsOf(up.vitals)).toEqual(['prone'])
      const dead = setHitPoints(creature({ kind: 'monster' }), 0, rules(edition)).vitals
      expect(dead.life).toBe('dead')
      expect(setHitPoints(dead, 5, rules(edition)).vitals).toBe(dead)
    })

    it('set by hand asks for no concentration check', () => {
      const { vitals } = setHitPoints(creature({ concentration: 'Bless' }), 1, rules(edition))
      expect(vitals).toMatchObject({ concentration: 'Bless', concentrationChecks: [] })
    })
  })

describe('what the editions see differently in hit points', () => {
  it('R-32 a maximum of 0 kills in 2024, and fells in 2014', () => {
    const hollow = changeMaximum(creature(), -20, rules('2024'))
    expect(hollow.vitals.life).toBe('dead')
    expect(hollow.happened).toContainEqual({ code: 'died', reason: 'maximum-zero' })
    expect(changeMaximum(creature(), -25, rules('2014')).vitals.life).toBe('dying')
  })

  it.each([
    [20, 10, 'bloodied'],
    [20, 11, 'wounded'],
    [15, 7, 'bloodied'],
    [15, 8, 'wounded'],
  ] as const)('R-43 of %i, %i is %s', (max, now, label) => {
    expect(hpLabel(creature({ max, now }), '2024')).toBe(label)
  })
})

describe('numbers that were cut off', () => {
  it('stop a rule, for rules run where everything is known', () => {
    expect(() => heal({ ...creature(), hitPoints: null }, 1, '2024')).toThrow('not known here')
  })
})
