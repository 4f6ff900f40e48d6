import { describe, expect, it } from 'bun:test'
import { editions } from '../table/creatures'
import { takeDamage } from './damage'
import { heal } from './healing'
import type { Hit, HouseRules } from './rules'
import { codes, conditionsOf, creature, dying, parts, path, points, rules, target } from './testing/creature'

const blow = (damage: number, hit: Partial<Hit> = {}): Hit => ({
  parts: parts({ untyped: damage }),
  ...hit,
})

for (const edition of editions)
  describe(`at 0 hit points in ${edition}`, () => {
    it('R-30 a character falls unconscious, and with that incapacitated and prone', () => {
      const { vitals, happened } = takeDamage(target(creature({ now: 6 })), blow(6), rules(edition))
      expect(vitals).toMatchObject({ life: 'dying', deathSaves: { successes: 0, failures: 0 } })
      expect(points(vitals)).toEqual([0, 0])
      expect(conditionsOf(vitals)).toEqual(['unconscious', 'incapacitated', 'prone'])
      expect(codes(happened)).toEqual([
        'dropped-to-zero',
        'fell',
        'condition-gained',
        'condition-gained',
        'condition-gained',
      ])
    })

    it.each([
      ['max 12, hp 6, dmg 17: unconscious', { now: 6, max: 12 }, 17, 'dying'],
      ['max 12, hp 6, dmg 18: dead', { now: 6, max: 12 }, 18, 'dead'],
      ['with temp 4, dmg 21: unconscious', { now: 6, max: 12, temporary: 4 }, 21, 'dying'],
      ['with temp 4, dmg 22: dead', { now: 6, max: 12, temporary: 4 }, 22, 'dead'],
      ['a lowered maximum counts, dmg 14: dead', { now: 6, max: 12, maxChange: -4 }, 14, 'dead'],
    ] as const)('R-31 massive damage, %s', (...[, sketch, damage, life]) => {
      const hurt = takeDamage(target(creature(sketch)), blow(damage), rules(edition))
      expect(hurt.vitals.life).toBe(life)
      expect(points(hurt.vitals)).toEqual([0, 0])
    })

    it('R-31 says by how much', () => {
      const { steps, happened } = takeDamage(
        target(creature({ now: 6, max: 12, temporary: 4 })),
        blow(22),
        rules(edition),
      )
      expect(path(steps)).toEqual([22, 18, 0, 0])
      expect(steps.at(-1)).toMatchObject({ rule: 'R-31', params: { left: 12, maximum: 12 } })
      expect(happened).toEqual([{ code: 'dropped-to-zero' }, { code: 'died', reason: 'massive-damage' }])
    })

    it.each([
      ['dies', true, 'dead'],
      ['falls like a character when the GM says so', false, 'dying'],
    ] as const)('R-33 a monster %s', (_name, diesAtZero, life) => {
      const ogre = creature({ kind: 'monster', now: 6 })
      const { vitals } = takeDamage(target(ogre, {}, diesAtZero), blow(6), rules(edition))
      expect(vitals.life).toBe(life)
    })

    it('R-33 a monster dies of 0 hit points, however hard the blow', () => {
      const ogre = creature({ kind: 'monster', now: 6 })
      const { happened } = takeDamage(target(ogre, {}, true), blow(60), rules(edition))
      expect(happened).toEqual([{ code: 'dropped-to-zero' }, { code: 'died', reason: 'zero-hit-points' }])
    })

    it.each([
      ['a hit is one', {}, blow(3), 1, 'dying'],
      ['a critical hit is two', {}, blow(3, { isCritical: true }), 2, 'dying'],
      ['they add up', { deathSaves: { successes: 2, failures: 1 } }, blow(3), 2, 'dying'],
      [
        'the third kills',
        { deathSaves: { successes: 2, failures: 2 } },
        blow(3, { isCritical: true }),
        3,
        'dead',
      ],
      ['19 of 20 is one', {}, blow(19), 1, 'dying'],
      ['20 of 20 is death', {}, blow(20), 0, 'dead'],
      ['temporary hit points count first', { temporary: 1 }, blow(20), 1, 'dying'],
      ['no damage, no failure', {}, blow(0), 0, 'dying'],
      ['whoever is down cannot be knocked out', {}, blow(3, { knockOut: true }), 1, 'dying'],
    ] as const)('R-38 failed death saves by damage: %s', (...[, sketch, hit, failures, life]) => {
      const { vitals } = takeDamage(target(dying(sketch)), hit, rules(edition))
      expect(vitals.deathSaves?.failures).toBe(failures)
      expect(vitals.life).toBe(life)
    })

    it('R-38 counts each failure up, and then death', () => {
      const { happened } = takeDamage(
        target(dying({ deathSaves: { successes: 0, failures: 1 } })),
        blow(1, { isCritical: true }),
        rules(edition),
      )
      expect(happened).toEqual([
        {
          code: 'death-save-failed',
          failures: 3,
          steps: [
            { step: 'death-save-failure', rule: 'R-38', from: 1, to: 2 },
            { step: 'critical', rule: 'R-38', from: 2, to: 3 },
          ],
        },
        { code: 'died', reason: 'death-saves' },
      ])
    })

    it('R-40 damage ends stability, and is the first failure', () => {
      const { vitals, happened } = takeDamage(target(dying({ life: 'stable' })), blow(1), rules(edition))
      expect(vitals).toMatchObject({ life: 'dying', deathSaves: { failures: 1 } })
      expect(codes(happened)).toEqual(['fell', 'death-save-failed'])
    })

    it.each([
      ['by default', {}, 1],
      ['unless the table says no', { absorbedHitFailsDeathSave: false }, 0],
    ] as const)('R-24 a hit that temporary hit points absorb fails a save %s', (_name, house, failures) => {
      const { vitals } = takeDamage(target(dying({ temporary: 5 })), blow(5), rules(edition, house))
      expect(vitals.deathSaves?.failures).toBe(failures)
      expect(points(vitals)).toEqual([0, 0])
    })

    it('R-24 a hit that goes through them fails a save whatever the table says', () => {
      const house: Partial<HouseRules> = { absorbedHitFailsDeathSave: false }
      const { vitals } = takeDamage(target(dying({ temporary: 5 })), blow(6), rules(edition, house))
      expect(vitals.deathSaves?.failures).toBe(1)
    })

    it('R-51 ends concentration without a check', () => {
      const { vitals, happened } = takeDamage(
        target(creature({ now: 6, concentration: 'Bless', concentrationChecks: [{ id: 'c', dc: 10 }] })),
        blow(6),
        rules(edition),
      )
      expect(vitals).toMatchObject({ concentration: null, concentrationChecks: [] })
      expect(happened).toContainEqual({
        code: 'concentration-ended',
        spell: 'Bless',
        reason: 'incapacitated',
      })
    })

    it('a creature that cannot be prone falls all the same, upright', () => {
      const { vitals } = takeDamage(
        target(creature({ now: 6 }), { conditionImmunities: ['prone'] }),
        blow(6),
        rules(edition),
      )
      expect(conditionsOf(vitals)).toEqual(['unconscious', 'incapacitated'])
    })
  })

describe('R-42 a knock-out', () => {
  const knockOut = blow(50, { knockOut: true })

  it('in 2014 leaves 0 hit points and is stable at once, however hard the blow', () => {
    const out = takeDamage(target(creature({ now: 6 })), knockOut, rules('2014'))
    expect(out.vitals.life).toBe('stable')
    expect(points(out.vitals)).toEqual([0, 0])
    expect(conditionsOf(out.vitals)).toEqual(['unconscious', 'incapacitated', 'prone'])
    expect(codes(out.happened).slice(0, 2)).toEqual(['dropped-to-zero', 'knocked-out'])
    expect(path(out.steps)).toEqual([50, 0])
  })

  it('in 2024 leaves 1 hit point', () => {
    const out = takeDamage(target(creature({ now: 6 })), knockOut, rules('2024'))
    expect(out.vitals.life).toBe('conscious')
    expect(points(out.vitals)).toEqual([1, 0])
    expect(conditionsOf(out.vitals)).toEqual(['unconscious', 'incapacitated', 'prone'])
    expect(codes(out.happened)[0]).toBe('knocked-out')
    expect(path(out.steps)).toEqual([50, 0, 1])
  })

  it('in 2024 ends with any hit point regained', () => {
    const out = takeDamage(target(creature({ now: 6 })), knockOut, rules('2024'))
    const healed = heal(out.vitals, 1, '2024')
    expect(conditionsOf(healed.vitals)).toEqual(['prone'])
    expect(codes(healed.happened)).toContain('woke')
  })

  it.each(editions)('spares a monster in %s, which other blows would kill', (edition) => {
    const ogre = creature({ kind: 'monster', now: 6 })
    expect(takeDamage(target(ogre, {}, true), knockOut, rules(edition)).vitals.life).not.toBe('dead')
  })

  it.each(editions)('is nothing special in %s as long as hit points are left', (edition) => {
    const hurt = takeDamage(target(creature({ now: 6 })), blow(5, { knockOut: true }), rules(edition))
    expect(points(hurt.vitals)).toEqual([1, 0])
    expect(hurt.happened).toEqual([])
  })

  it('in 2024 does not make a second unconsciousness of the blow that follows', () => {
    const out = takeDamage(target(creature({ now: 6 })), knockOut, rules('2024'))
    const down = takeDamage(target(out.vitals), blow(1), rules('2024'))
    expect(down.vitals.life).toBe('dying')
    expect(conditionsOf(down.vitals)).toEqual(['unconscious', 'incapacitated', 'prone'])
  })
})
