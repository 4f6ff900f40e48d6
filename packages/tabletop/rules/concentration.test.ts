import { describe, expect, it } from 'bun:test'
import { editions, type Edition } from '../table/creatures'
import { answerCheck, beginConcentration, concentrationDc, endConcentration } from './concentration'
import { addCondition } from './conditions'
import { takeDamage } from './damage'
import { kill } from './death'
import type { HouseRules, Hurt } from './rules'
import { codes, creature, parts, path, rules, target, type Sketch } from './testing/creature'

const wizard = (sketch: Sketch = {}): ReturnType<typeof creature> =>
  creature({ max: 200, concentration: 'Bless', ...sketch })

describe('R-50 the DC', () => {
  it.each([
    ['2014', 1, 10],
    ['2014', 19, 10],
    ['2014', 21, 10],
    ['2014', 22, 11],
    ['2014', 59, 29],
    ['2014', 60, 30],
    ['2014', 62, 31],
    ['2014', 80, 40],
    ['2024', 1, 10],
    ['2024', 21, 10],
    ['2024', 22, 11],
    ['2024', 59, 29],
    ['2024', 61, 30],
    ['2024', 62, 30],
    ['2024', 80, 30],
  ] as const)('in %s of %i damage is %i', (edition, damage, dc) => {
    expect(concentrationDc(damage, edition).value).toBe(dc)
  })

  it('tells of the cap', () => {
    expect(concentrationDc(80, '2024').steps).toEqual([
      { step: 'concentration-dc', rule: 'R-50', from: 80, to: 40 },
      { step: 'dc-cap', rule: 'R-50', from: 40, to: 30 },
    ])
  })
})

for (const edition of editions)
  describe(`concentration in ${edition}`, () => {
    it('R-50 one hit is one check, from all of its parts together', () => {
      const hurt = takeDamage(target(wizard()), { parts: parts({ slashing: 13, fire: 13 }) }, rules(edition))
      expect(hurt.vitals.concentrationChecks).toEqual([{ id: 'id-1', dc: 13 }])
      expect(hurt.happened).toEqual([
        {
          code: 'concentration-check',
          id: 'id-1',
          dc: 13,
          steps: [{ step: 'concentration-dc', rule: 'R-50', from: 26, to: 13 }],
        },
      ])
    })

    it('R-50 two sources are two checks', () => {
      const table = rules(edition)
      const once = takeDamage(target(wizard()), { parts: parts({ fire: 10 }) }, table)
      const twice = takeDamage(target(once.vitals), { parts: parts({ fire: 30 }) }, table)
      expect(twice.vitals.concentrationChecks).toEqual([
        { id: 'id-1', dc: 10 },
        { id: 'id-2', dc: 15 },
      ])
    })

    it('R-50 who does not concentrate owes nothing', () => {
      const hurt = takeDamage(target(creature()), { parts: parts({ fire: 10 }) }, rules(edition))
      expect(hurt.vitals.concentrationChecks).toEqual([])
    })

    it.each([
      ['R-52 temp 30, dmg 30: DC 15', { temporary: 30 }, {}, [15]],
      ['R-52 unless the table says no', { temporary: 30 }, { absorbedHitAsksConcentration: false }, []],
      ['R-52 but for what goes through', { temporary: 29 }, { absorbedHitAsksConcentration: false }, [15]],
    ] as const)('%s', (...[, sketch, house, dcs]) => {
      expect(dcsOf(strike(edition, { sketch, house }))).toEqual([...dcs])
    })

    it.each([
      ['R-53 immune: no check', {}, []],
      ['R-53 unless the table says so', { harmlessHitAsksConcentration: true }, [10]],
    ] as const)('%s', (_name, house, dcs) => {
      expect(dcsOf(strike(edition, { house, isImmune: true }))).toEqual([...dcs])
    })

    it('R-50 resisted damage counts as it is taken', () => {
      const hurt = takeDamage(
        target(wizard(), { resistances: [{ type: 'fire' }] }),
        { parts: parts({ fire: 51 }) },
        rules(edition),
      )
      expect(dcsOf(hurt)).toEqual([12])
      expect(path(hurt.steps)).toEqual([51, 25.5, 25, 175])
    })

    it('R-51 a new spell ends the one before, and its checks', () => {
      const { vitals, happened } = beginConcentration(
        wizard({ concentrationChecks: [{ id: 'c', dc: 10 }] }),
        'Fly',
      )
      expect(vitals).toMatchObject({ concentration: 'Fly', concentrationChecks: [] })
      expect(happened).toEqual([
        { code: 'concentration-ended', spell: 'Bless', reason: 'another-spell' },
        { code: 'concentration-began', spell: 'Fly' },
      ])
    })

    it.each([
      ['incapacitated', { conditions: [{ id: 'i', condition: 'incapacitated' } as const] }],
      ['dead', { now: 0, life: 'dead' }],
    ] as const)('R-51 who is %s cannot begin', (_name, sketch) => {
      const limp = creature(sketch)
      expect(beginConcentration(limp, 'Fly').vitals).toBe(limp)
    })

    it.each(['incapacitated', 'paralyzed', 'petrified', 'stunned', 'unconscious'] as const)(
      'R-51, R-64 ends when %s',
      (condition) => {
        const { vitals, happened } = addCondition(wizard(), { id: 'x', condition }, rules(edition))
        expect(vitals.concentration).toBeNull()
        expect(happened.at(-1)).toEqual({
          code: 'concentration-ended',
          spell: 'Bless',
          reason: 'incapacitated',
        })
      },
    )

    it.each(['blinded', 'poisoned', 'prone', 'restrained'] as const)('R-51 goes on when %s', (condition) => {
      const { vitals } = addCondition(wizard(), { id: 'x', condition }, rules(edition))
      expect(vitals.concentration).toBe('Bless')
    })

    it('R-51 ends with death, and at will', () => {
      expect(kill(wizard()).happened.at(-1)).toMatchObject({ reason: 'dead' })
      expect(endConcentration(wizard(), 'at-will').happened).toEqual([
        { code: 'concentration-ended', spell: 'Bless', reason: 'at-will' },
      ])
      expect(codes(endConcentration(creature(), 'at-will').happened)).toEqual([])
    })

    it('a check that is kept leaves the others, one that fails ends it all', () => {
      const owing = wizard({
        concentrationChecks: [
          { id: 'a', dc: 10 },
          { id: 'b', dc: 12 },
        ],
      })
      const kept = answerCheck(owing, 'a', true)
      expect(kept.vitals).toMatchObject({
        concentration: 'Bless',
        concentrationChecks: [{ id: 'b', dc: 12 }],
      })
      expect(kept.happened).toEqual([{ code: 'concentration-kept', spell: 'Bless' }])
      const failed = answerCheck(owing, 'b', false)
      expect(failed.vitals).toMatchObject({ concentration: null, concentrationChecks: [] })
      expect(failed.happened).toEqual([
        { code: 'concentration-ended', spell: 'Bless', reason: 'check-failed' },
      ])
      expect(answerCheck(owing, 'c', false).vitals).toBe(owing)
    })
  })

function strike(
  edition: Edition,
  {
    sketch = {},
    house,
    isImmune = false,
  }: { readonly sketch?: Sketch; readonly house: Partial<HouseRules>; readonly isImmune?: boolean },
): Hurt {
  return takeDamage(
    target(wizard(sketch), { immunities: isImmune ? [{ type: 'fire' }] : [] }),
    { parts: parts({ fire: 30 }) },
    rules(edition, house),
  )
}

function dcsOf({ vitals }: Hurt): readonly number[] {
  return vitals.concentrationChecks.map(({ dc }) => dc)
}
