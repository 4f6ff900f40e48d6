import { describe, expect, it } from 'bun:test'
import { editions } from '../table/creatures'
import { takeDamage } from './damage'
import { deathSave, firstAid, isDeathSaveDue, kill, revive, stabilise } from './death'
import { heal } from './healing'
import { codes, conditionsOf, creature, dying, parts, path, points, rules, target } from './testing/creature'

for (const edition of editions)
  describe(`death saves in ${edition}`, () => {
    it.each([
      ['dying', true],
      ['stable', false],
      ['dead', false],
      ['conscious', false],
    ] as const)('R-34 who is %s rolls: %j', (life, isDue) => {
      expect(isDeathSaveDue(dying({ life }))).toBe(isDue)
    })

    it.each(['stable', 'dead', 'conscious'] as const)('R-34 nothing comes of a roll when %s', (life) => {
      const other = dying({ life })
      expect(deathSave(other, 1, edition)).toEqual({ vitals: other, steps: [], happened: [] })
    })

    it.each([
      ['R-35 9 fails', 9, [0, 0], [0, 1], 'dying'],
      ['R-35 10 succeeds', 10, [0, 0], [1, 0], 'dying'],
      ['R-35 2 fails', 2, [0, 0], [0, 1], 'dying'],
      ['R-35 19 succeeds', 19, [0, 0], [1, 0], 'dying'],
      ['R-35 they need not come in a row', 10, [1, 2], [2, 2], 'dying'],
      ['R-35 the third failure kills', 9, [2, 2], [2, 3], 'dead'],
      ['R-35, R-37 the third success makes stable, and clears both', 10, [2, 2], [0, 0], 'stable'],
      ['R-36 a natural 1 is two failures', 1, [1, 0], [1, 2], 'dying'],
      ['R-36 with 1 failure a natural 1 kills', 1, [0, 1], [0, 3], 'dead'],
      ['R-36 with 2 failures a natural 1 kills', 1, [0, 2], [0, 3], 'dead'],
      ['R-36, R-37 a natural 20 regains 1 hit point, and clears both', 20, [1, 2], [0, 0], 'conscious'],
    ] as const)('%s', (...[, face, [successes, failures], after, life]) => {
      const { vitals } = deathSave(dying({ deathSaves: { successes, failures } }), face, edition)
      expect([vitals.deathSaves?.successes, vitals.deathSaves?.failures]).toEqual([...after])
      expect(vitals.life).toBe(life)
      expect(points(vitals)).toEqual([life === 'conscious' ? 1 : 0, 0])
    })

    it('R-37 stable is still at 0 and unconscious', () => {
      const { vitals, happened } = deathSave(
        dying({ deathSaves: { successes: 2, failures: 0 } }),
        15,
        edition,
      )
      expect(conditionsOf(vitals)).toContain('unconscious')
      expect(codes(happened)).toEqual(['death-save-succeeded', 'stabilised'])
    })

    it('R-36, R-41 a natural 20 wakes, and leaves prone', () => {
      const { vitals, happened } = deathSave(dying(), 20, edition)
      expect(conditionsOf(vitals)).toEqual(['prone'])
      expect(codes(happened)).toEqual(['regained', 'woke', 'condition-ended', 'condition-ended'])
    })

    it('R-36 tells both failures of a natural 1, and what was rolled', () => {
      const { steps, happened } = deathSave(dying(), 1, edition)
      expect(steps).toEqual([{ step: 'raw', rule: 'R-35', from: 0, to: 1, params: { dc: 10 } }])
      expect(happened).toEqual([
        {
          code: 'death-save-failed',
          failures: 2,
          steps: [
            { step: 'death-save-failure', rule: 'R-36', from: 0, to: 1 },
            { step: 'critical', rule: 'R-36', from: 1, to: 2 },
          ],
        },
      ])
    })
  })

for (const edition of editions)
  describe(`help for the dying in ${edition}`, () => {
    it.each([
      [9, 'dying'],
      [10, 'stable'],
    ] as const)('R-39 a Medicine check of %i leaves them %s', (total, life) => {
      expect(firstAid(dying({ deathSaves: { successes: 1, failures: 2 } }), total).vitals.life).toBe(life)
    })

    it('R-37, R-39 stable clears both counters', () => {
      const { vitals } = stabilise(dying({ deathSaves: { successes: 1, failures: 2 } }))
      expect(vitals.deathSaves).toEqual({ successes: 0, failures: 0 })
    })

    it.each(['stable', 'dead', 'conscious'] as const)('changes nothing for the %s', (life) => {
      const other = creature({ life })
      expect(stabilise(other).vitals).toBe(other)
      expect(firstAid(other, 20).happened).toEqual([])
    })

    it('R-40 a stable creature wakes with the hit point that it regains', () => {
      const { vitals } = heal(dying({ life: 'stable' }), 1, edition)
      expect(vitals.life).toBe('conscious')
      expect(points(vitals)).toEqual([1, 0])
    })

    it('R-41 any healing wakes, clears the counters and leaves prone', () => {
      const { vitals, happened } = heal(dying({ deathSaves: { successes: 1, failures: 2 } }), 3, edition)
      expect(vitals).toMatchObject({ life: 'conscious', deathSaves: { successes: 0, failures: 0 } })
      expect(vitals.conditions).toEqual([{ id: 'u-p', condition: 'prone' }])
      expect(codes(happened)).toEqual(['woke', 'condition-ended', 'condition-ended'])
    })

    it('R-41 whom a spell keeps asleep sleeps on', () => {
      const asleep = dying()
      const both = {
        ...asleep,
        conditions: [{ id: 's', condition: 'unconscious', source: 'mage' } as const, ...asleep.conditions],
      }
      const { vitals, happened } = heal(both, 3, edition)
      expect(vitals.conditions.map(({ id }) => id)).toEqual(['s', 'u-p'])
      expect(codes(happened)).not.toContain('woke')
    })

    it('R-26 the dead cannot be healed', () => {
      const dead = dying({ life: 'dead' })
      const healed = heal(dead, 8, edition)
      expect(healed).toMatchObject({ vitals: dead, healed: 0, happened: [] })
      expect(path(healed.steps)).toEqual([8, 0, 0])
      expect(healed.steps[1]?.rule).toBe('R-26')
    })

    it.each([
      ['hit points of the spell', 7, 7],
      ['at least 1', 0, 1],
      ['at most the maximum', 99, 20],
    ] as const)('R-26 revived with %s', (_name, hp, now) => {
      const dead = dying({ life: 'dead', deathSaves: { successes: 1, failures: 3 } })
      const { vitals, happened, steps } = revive(dead, hp, edition)
      expect(vitals).toMatchObject({ life: 'conscious', deathSaves: { successes: 0, failures: 0 } })
      expect(points(vitals)).toEqual([now, 0])
      expect(codes(happened)).toContain('revived')
      expect(path(steps)).toEqual([now])
    })

    it('R-26 only the dead are revived, and only where there is room for a hit point', () => {
      const alive = creature({ now: 3 })
      const hollow = dying({ life: 'dead', maxChange: -20 })
      expect(revive(alive, 9, edition).vitals).toBe(alive)
      expect(revive(hollow, 9, edition).vitals).toBe(hollow)
    })

    it('kills by the word of the GM, once', () => {
      const { vitals, happened } = kill(creature({ concentration: 'Bless' }))
      expect(vitals).toMatchObject({ life: 'dead', concentration: null })
      expect(points(vitals)).toEqual([0, 0])
      expect(codes(happened)).toEqual(['died', 'concentration-ended'])
      expect(kill(vitals).happened).toEqual([])
    })
  })

describe('what the editions see differently in death', () => {
  it.each([
    ['2014', 3, 3],
    ['2014', 6, 5],
    ['2024', 3, 2],
    ['2024', 6, 5],
    ['2024', 0, 0],
  ] as const)('R-26 in %s exhaustion %i comes back as %i', (edition, before, after) => {
    const dead = dying({ life: 'dead', exhaustion: before })
    expect(revive(dead, 1, edition).vitals.exhaustion).toBe(after)
  })

  it.each([
    ['2014', 12, [12], 1],
    ['2024', 12, [12, 8], 0],
    ['2024', 14, [14, 10], 1],
  ] as const)('R-60 in %s exhaustion 2 and a %i', (...[edition, face, trace, successes]) => {
    const { vitals, steps } = deathSave(dying({ exhaustion: 2 }), face, edition)
    expect(path(steps)).toEqual([...trace])
    expect(vitals.deathSaves?.successes).toBe(successes)
  })

  it('R-36, R-60 a natural 20 is one however exhausted', () => {
    expect(deathSave(dying({ exhaustion: 5 }), 20, '2024').vitals.life).toBe('conscious')
  })

  it.each([
    ['2014', 'stable'],
    ['2024', 'conscious'],
  ] as const)('R-42 in %s first aid for the knocked out leaves them %s', (edition, life) => {
    const out = takeDamage(
      target(creature({ now: 6 })),
      { parts: parts({ untyped: 9 }), knockOut: true },
      rules(edition),
    )
    const { vitals } = firstAid(out.vitals, 10)
    expect(vitals.life).toBe(life)
    expect(conditionsOf(vitals).includes('unconscious')).toBe(life === 'stable')
  })
})
