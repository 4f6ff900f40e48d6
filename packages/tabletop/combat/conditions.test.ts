import { describe, expect, it } from 'bun:test'
import { blankSheet } from '../characters/sheet'
import { editions } from '../table/creatures'
import { ana, boris, gm } from '../table/testing/test-table'
import { codes, conditionsOf, fight, points, type Fight } from './testing/fight'

/** Ana concentrates, with 200 hit points. */
function concentrating(
  options: { readonly edition?: '2014' | '2024'; readonly houseRules?: object } = {},
): Fight {
  const sheet = { maxHitPoints: 200, defences: { immunities: [{ type: 'poison' }] } }
  const at = fight({ sheet, ...options })
  at.runAs(ana, 'combat.concentrate', { id: at.idOf('Ana'), spell: 'Bless' })
  return at
}

const hurt = (at: Fight, amount: number | string, name = 'Ana') =>
  at.run('combat.damage', { targets: [{ id: at.idOf(name) }], amount })
const dcsOf = (at: Fight) => at.vitals('Ana').concentrationChecks.map(({ dc }) => dc)
const checkOf = (at: Fight) => ({ id: at.idOf('Ana'), check: at.vitals('Ana').concentrationChecks[0]?.id })

describe('concentration', () => {
  it.each([
    ['2014', 21, 10],
    ['2014', 22, 11],
    ['2014', 59, 29],
    ['2014', 80, 40],
    ['2024', 59, 29],
    ['2024', 80, 30],
  ] as const)('R-50 in %s: %i damage asks for DC %i', (edition, damage, dc) => {
    const at = concentrating({ edition })
    hurt(at, damage)
    expect(dcsOf(at)).toEqual([dc])
  })

  it('R-50 is checked for each source by itself', () => {
    const at = concentrating()
    hurt(at, 22)
    hurt(at, 44)
    expect(dcsOf(at)).toEqual([11, 22])
    at.runAs(ana, 'combat.concentration-check', { ...checkOf(at), isKept: true })
    expect([dcsOf(at), at.vitals('Ana').concentration]).toEqual([[22], 'Bless'])
    const lines = at.runAs(ana, 'combat.concentration-check', { ...checkOf(at), isKept: false })
    expect(codes(lines)).toEqual(['concentration.ended'])
    expect([dcsOf(at), at.vitals('Ana').concentration]).toEqual([[], null])
  })

  it('R-50 is rolled here with the Constitution save of the sheet', () => {
    const sheet = {
      maxHitPoints: 200,
      abilities: { ...blankSheet.abilities, con: 16 },
      saves: { con: 'proficient' },
    }
    for (let seed = 0; seed < 10; seed += 1) {
      const at = fight({ sheet })
      at.run('combat.concentrate', { id: at.idOf('Ana'), spell: 'Bless' })
      for (let before = 0; before < seed; before += 1)
        at.run('dice.roll', { expression: 'd20', visibility: 'gm' })
      hurt(at, 30)
      const [line] = at.runAs(ana, 'combat.concentration-check', checkOf(at))
      const { dc, face, total } = line?.params ?? {}
      expect([dc, total]).toEqual([15, Number(face) + 3 + 2])
      expect(at.vitals('Ana').concentration).toBe(Number(total) >= 15 ? 'Bless' : null)
    }
  })

  it('is checked once, and only if it was asked for', () => {
    const at = concentrating()
    hurt(at, 22)
    const check = { ...checkOf(at), isKept: true }
    expect(at.refusal(boris, 'combat.concentration-check', check)).toBe('not-allowed')
    at.runAs(ana, 'combat.concentration-check', check)
    expect(at.refusal(ana, 'combat.concentration-check', check)).toBe('conflict')
  })

  it.each([
    [
      'another spell',
      (at: Fight) => at.run('combat.concentrate', { id: at.idOf('Ana'), spell: 'Web' }),
      'Web',
    ],
    ['at will', (at: Fight) => at.run('combat.stop-concentrating', { id: at.idOf('Ana') }), null],
    [
      'incapacitated',
      (at: Fight) => at.run('combat.condition', { targets: [at.idOf('Ana')], condition: 'stunned' }),
      null,
    ],
    ['dead', (at: Fight) => at.run('combat.kill', { targets: [at.idOf('Ana')] }), null],
    ['0 hit points', (at: Fight) => hurt(at, 200), null],
  ] as const)('R-51 ends by: %s', (_why, happens, spell) => {
    const at = concentrating()
    const lines = happens(at)
    expect(codes(lines)).toContain('concentration.ended')
    expect([at.vitals('Ana').concentration, dcsOf(at)]).toEqual([spell, []])
  })

  it('R-51 does not begin while incapacitated', () => {
    const at = concentrating()
    at.run('combat.condition', { targets: [at.idOf('Ana')], condition: 'stunned' })
    expect(at.refusal(ana, 'combat.concentrate', { id: at.idOf('Ana'), spell: 'Web' })).toBe('conflict')
  })

  it.each([
    [{}, [15]],
    [{ absorbedHitAsksConcentration: false }, []],
  ] as const)('R-52 is checked though temporary hit points take it all, by %j: %j', (houseRules, dcs) => {
    const at = concentrating({ houseRules })
    at.run('combat.temporary-hp', { targets: [at.idOf('Ana')], amount: 30 })
    hurt(at, 30)
    expect(dcsOf(at)).toEqual([...dcs])
  })

  it.each([
    [{}, []],
    [{ harmlessHitAsksConcentration: true }, [10]],
  ] as const)('R-53 is not checked where nothing is dealt, unless by %j: %j', (houseRules, dcs) => {
    const at = concentrating({ houseRules })
    hurt(at, '30 [poison]')
    expect(dcsOf(at)).toEqual([...dcs])
  })
})

describe('conditions', () => {
  it.each([
    ['paralyzed', ['paralyzed', 'incapacitated']],
    ['petrified', ['petrified', 'incapacitated']],
    ['stunned', ['stunned', 'incapacitated']],
    ['unconscious', ['unconscious', 'incapacitated', 'prone']],
    ['restrained', ['restrained']],
  ] as const)('R-65 %s brings along %j, and they go together but for prone', (condition, all) => {
    const at = fight({ monsters: { Ogre: {} } })
    const id = at.idOf('Ogre')
    at.run('combat.condition', { targets: [id], condition })
    expect(conditionsOf(at.vitals('Ogre'))).toEqual([...all])
    const [applied] = at.vitals('Ogre').conditions
    at.run('combat.remove-condition', { id, condition: applied?.id })
    expect(conditionsOf(at.vitals('Ogre'))).toEqual(all.filter((each) => each === 'prone'))
  })

  it('R-62 from two sources ends with both', () => {
    const at = fight({ monsters: { Ogre: {}, Imp: {} } })
    const id = at.idOf('Ana')
    for (const source of ['Ogre', 'Imp'])
      at.run('combat.condition', { targets: [id], condition: 'frightened', source: at.idOf(source) })
    const [first, second] = at.vitals('Ana').conditions
    expect(codes(at.run('combat.remove-condition', { id, condition: first?.id }))).toEqual([])
    expect(codes(at.run('combat.remove-condition', { id, condition: second?.id }))).toEqual([
      'condition.lost',
    ])
  })

  it('R-63 let go of the grappled when the grappler can do nothing any more', () => {
    for (const [name, payload] of [
      ['combat.condition', { condition: 'stunned' }],
      ['combat.kill', {}],
    ] as const) {
      const at = fight({ monsters: { Ogre: {} } })
      const source = at.idOf('Ogre')
      at.run('combat.condition', { targets: [at.idOf('Ana')], condition: 'grappled', source })
      at.run(name, { targets: [source], ...payload })
      expect(conditionsOf(at.vitals('Ana'))).toEqual([])
    }
  })

  it('R-61 are refused by who is immune', () => {
    const at = fight({ monsters: { Golem: { stats: { conditionImmunities: ['charmed'] } } } })
    const charm = { targets: [at.idOf('Golem')], condition: 'charmed' }
    expect(at.refusal(gm, 'combat.condition', charm)).toBe('conflict')
  })
})

describe.each(editions)('exhaustion in %s', (edition) => {
  it('R-60 of level 4 halves the maximum in 2014 alone, and of level 6 kills', () => {
    const at = fight({ edition })
    const id = at.idOf('Ana')
    at.run('combat.exhaustion', { id, level: 4 })
    expect(points(at.vitals('Ana'))[0]).toBe(edition === '2014' ? 10 : 20)
    at.run('combat.exhaustion', { id, level: 6 })
    expect(at.vitals('Ana').life).toBe('dead')
  })

  it('R-60 goes up by one as a condition, and down by one in a long rest', () => {
    const at = fight({ edition })
    const id = at.idOf('Ana')
    at.run('combat.condition', { targets: [id], condition: 'exhaustion' })
    at.run('combat.condition', { targets: [id], condition: 'exhaustion' })
    expect(at.vitals('Ana').exhaustion).toBe(2)
    at.run('character.rest', { id, kind: 'long' })
    expect(at.vitals('Ana').exhaustion).toBe(1)
  })

  it('R-60 lowers death saves in 2024 alone', () => {
    const at = fight({ edition })
    const id = at.idOf('Ana')
    at.run('combat.exhaustion', { id, level: 1 })
    at.run('combat.set-hp', { id, now: 0 })
    at.run('combat.death-save', { id, face: 11 })
    expect(at.vitals('Ana').deathSaves).toEqual(
      edition === '2014' ? { successes: 1, failures: 0 } : { successes: 0, failures: 1 },
    )
  })
})

describe.each(editions)('rests in %s', (edition) => {
  const sheet = {
    maxHitPoints: 30,
    abilities: { ...blankSheet.abilities, con: 14 },
    classes: [{ name: 'Bard', level: 5, hitDie: 'd8' }],
  }

  it('R-75 a short one heals by hit dice and Constitution', () => {
    const at = fight({ edition, sheet })
    const id = at.idOf('Ana')
    at.run('combat.set-hp', { id, now: 2 })
    const [event] = at.table.must(ana, 'character.rest', {
      id,
      kind: 'short',
      hitDice: [{ die: 'd8', count: 2 }],
    })
    const faces = event?.name === 'character.changed' ? (event.payload.draw?.faces ?? []) : []
    expect(faces).toHaveLength(2)
    expect(points(at.vitals('Ana'))[0]).toBe(2 + faces.reduce((sum, face) => sum + face + 2, 0))
    expect(at.vitals('Ana').spent?.hitDice).toEqual({ d8: 2 })
  })

  it('R-74 a long one brings all hit points, and half the hit dice in 2014, all in 2024', () => {
    const at = fight({ edition, sheet })
    const id = at.idOf('Ana')
    at.run('combat.set-hp', { id, now: 2 })
    at.runAs(ana, 'character.spend', { id, what: 'hit-die', key: 'd8', amount: 5 })
    at.runAs(ana, 'character.rest', { id, kind: 'long' })
    expect(points(at.vitals('Ana'))[0]).toBe(30)
    expect(at.vitals('Ana').spent?.hitDice).toEqual(edition === '2014' ? { d8: 3 } : {})
  })

  it('R-74 a long one needs a hit point', () => {
    const at = fight({ edition, sheet })
    const id = at.idOf('Ana')
    at.run('combat.set-hp', { id, now: 0 })
    expect(at.refusal(ana, 'character.rest', { id, kind: 'long' })).toBe('conflict')
  })
})
