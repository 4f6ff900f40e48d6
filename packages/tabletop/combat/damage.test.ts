import { describe, expect, it } from 'bun:test'
import { usualHouseRules } from '../rules/rules'
import { editions, type Edition } from '../table/creatures'
import { ana, boris, gm, TestTable } from '../table/testing/test-table'
import { codes, fight, linesOf, points } from './testing/fight'

interface DamageCase {
  readonly rule: string
  /** Of the monster that is hit; without any it has 40 hit points. */
  readonly stats?: object
  readonly hit: object
  readonly target?: object
  readonly left: number
  readonly edition?: Edition
  readonly houseRules?: object
}

const fire = { type: 'fire' }
const toWeapons = { type: 'slashing', nonmagical: true }
const slashing = (amount: number) => ({ parts: [{ amount, type: 'slashing' }] })

const cases: readonly DamageCase[] = [
  { rule: 'R-10 dice below 0 hurt nobody', hit: { amount: '1d4-5' }, left: 40 },
  { rule: 'R-11 half of 27 is 13', hit: { amount: 27 }, target: { isHalved: true }, left: 27 },
  {
    rule: 'R-13 28 less 5, resisted, doubled: 22',
    stats: { resistances: [fire], vulnerabilities: [fire] },
    hit: { parts: [{ amount: 28, type: 'fire' }] },
    target: { adjustment: -5 },
    left: 18,
  },
  {
    rule: 'R-13 25 less 5, resisted: 10',
    stats: { resistances: [{ type: 'bludgeoning' }] },
    hit: { parts: [{ amount: 25, type: 'bludgeoning' }] },
    target: { adjustment: -5 },
    left: 30,
  },
  {
    rule: 'R-14 two resistances to one type count once',
    stats: { resistances: [toWeapons, { type: 'slashing' }] },
    hit: slashing(12),
    left: 34,
  },
  {
    rule: 'R-15 immunity to one of two types',
    stats: { immunities: [fire] },
    hit: {
      parts: [
        { amount: 12, type: 'fire' },
        { amount: 4, type: 'cold' },
      ],
    },
    left: 36,
  },
  {
    rule: 'R-15 what holds against the nonmagical',
    stats: { immunities: [toWeapons] },
    hit: slashing(12),
    left: 40,
  },
  {
    rule: 'R-15 magic passes it',
    stats: { immunities: [toWeapons] },
    hit: { ...slashing(12), isMagical: true },
    left: 28,
  },
  {
    rule: 'R-15 so does silver where it may',
    stats: { immunities: [{ ...toWeapons, bypassedBy: 'silvered' }] },
    hit: { ...slashing(12), material: 'silvered' },
    left: 28,
  },
  {
    rule: 'R-15 but not adamantine in its place',
    stats: { immunities: [{ ...toWeapons, bypassedBy: 'silvered' }] },
    hit: { ...slashing(12), material: 'adamantine' },
    left: 40,
  },
  { rule: 'R-16 7 resisted is 3', stats: { resistances: [fire] }, hit: { amount: '7 [fire]' }, left: 37 },
  {
    rule: 'R-16 7 resisted is 4 at a table that rounds up in 2014',
    stats: { resistances: [fire] },
    hit: { amount: '7 [fire]' },
    edition: '2014',
    houseRules: { halfPoints: 'up' },
    left: 36,
  },
  {
    rule: 'R-16 and 3 in 2024 whatever the table says',
    stats: { resistances: [fire] },
    hit: { amount: '7 [fire]' },
    edition: '2024',
    houseRules: { halfPoints: 'up' },
    left: 37,
  },
  {
    rule: 'R-67 stone resists all of it',
    stats: {},
    hit: { amount: 9 },
    left: 36,
  },
]

describe('damage', () => {
  for (const each of cases)
    it.each(each.edition ? [each.edition] : editions)(`${each.rule}, in %s`, (edition) => {
      const { stats, hit, target, left, houseRules = {} } = each
      const at = fight({ edition, houseRules, monsters: { Ogre: { stats: { maxHp: 40, ...stats } } } })
      const id = at.idOf('Ogre')
      if (each.rule.startsWith('R-67')) at.run('combat.condition', { targets: [id], condition: 'petrified' })
      at.run('combat.damage', { targets: [{ id, ...target }], ...hit })
      expect(points(at.vitals('Ogre'))[0]).toBe(left)
    })

  it('R-12 is rolled once for all, each resisting and saving for themselves', () => {
    const at = fight({
      monsters: {
        Ogre: { stats: { maxHp: 60 } },
        Imp: { stats: { maxHp: 60, immunities: [fire] } },
        Salamander: { stats: { maxHp: 60, resistances: [fire] } },
      },
    })
    const targets = [
      { id: at.idOf('Ogre') },
      { id: at.idOf('Imp') },
      { id: at.idOf('Salamander'), isHalved: true },
    ]
    const [event] = at.table.must(gm, 'combat.damage', { targets, amount: '8d6 [fire]' })
    const faces = event?.name === 'combat.changed' ? (event.payload.draw?.faces ?? []) : []
    const total = faces.reduce((sum, face) => sum + face, 0)
    expect(faces).toHaveLength(8)
    expect(points(at.vitals('Ogre'))[0]).toBe(60 - total)
    expect(points(at.vitals('Imp'))[0]).toBe(60)
    expect(points(at.vitals('Salamander'))[0]).toBe(60 - Math.floor(Math.floor(total / 2) / 2))
  })

  it('says why: every step, by which rule, for the GM; players read numbers of open creatures alone', () => {
    const stats = { maxHp: 40, resistances: [fire] }
    const at = fight({ monsters: { Ogre: { stats, hpShown: 'exact' } } })
    const hit = { targets: [{ id: at.idOf('Ogre'), isHalved: true }], amount: '20 [fire]' }
    const events = at.table.must(gm, 'combat.damage', hit)
    const [full] = linesOf(events, gm)
    expect(full?.why?.map(({ rule, from, to }) => [rule, from, to])).toEqual([
      ['R-10', 0, 20],
      ['R-11', 20, 10],
      ['R-13', 10, 5],
      ['R-20', 5, 35],
    ])
    expect(linesOf(events, ana)).toEqual([
      { code: 'damage', params: { name: 'Ogre', amount: 5, types: ['fire'] } },
    ])
  })

  it('tells players of a labelled creature only when the word is another one, and of a death once', () => {
    const at = fight({ monsters: { Ogre: { hpShown: 'label' } } })
    const seenOf = (amount: number) =>
      linesOf(at.table.must(gm, 'combat.damage', { targets: [{ id: at.idOf('Ogre') }], amount }), ana)
    expect(seenOf(1).map(({ params }) => params['label'])).toEqual(['wounded'])
    expect(seenOf(1)).toEqual([])
    expect(seenOf(8).map(({ params }) => params['label'])).toEqual(['bloodied'])
    expect(codes(seenOf(30))).toEqual(['died'])
  })

  it('is done to characters outside of a fight too', () => {
    const table = TestTable.seated()
    table.must(ana, 'character.create', { name: 'Ana', sheet: { maxHitPoints: 12 } })
    const [id = ''] = Object.keys(table.state.game.character)
    table.must(ana, 'combat.damage', { targets: [{ id }], amount: 5 })
    expect(table.state.game.vitals[id]?.hitPoints?.now).toBe(7)
    expect(table.send(boris, 'combat.damage', { targets: [{ id }], amount: 5 }).refused?.refused).toBe(
      'not-allowed',
    )
  })

  it('wants an amount or parts, dice that can be read, and one total', () => {
    const at = fight()
    const targets = [{ id: at.idOf('Ana') }]
    for (const given of [{}, { amount: 1, parts: [{ amount: 1 }] }, { amount: 'd' }, { amount: '2x1d6' }])
      expect(at.refusal(gm, 'combat.damage', { targets, ...given })).toBe('validation-failed')
  })
})

describe.each(editions)('hit points in %s', (edition) => {
  const setUp = () => {
    const at = fight({ edition })
    const id = at.idOf('Ana')
    return {
      at,
      id,
      hurt: (amount: number) => at.run('combat.damage', { targets: [{ id }], amount }),
      heal: (amount: number) => at.run('combat.heal', { targets: [id], amount }),
      shield: (amount: number, choice?: string) =>
        at.run('combat.temporary-hp', { targets: [id], amount, ...(choice ? { choice } : {}) }),
      now: () => points(at.vitals('Ana')),
    }
  }

  it('R-20 temporary ones go first, and the rest carries over', () => {
    const { hurt, shield, now } = setUp()
    shield(5)
    hurt(7)
    expect(now()).toEqual([18, 0])
  })

  it.each([
    [undefined, 12],
    ['larger', 12],
    ['keep', 10],
    ['replace', 12],
  ] as const)('R-21 temporary ones never add up: 10, then 12, %s: %i', (choice, kept) => {
    const { shield, now } = setUp()
    shield(10)
    shield(12, choice)
    expect(now()).toEqual([20, kept])
  })

  it('R-22, R-23 healing restores no temporary ones; a long rest ends them', () => {
    const { at, id, hurt, heal, shield, now } = setUp()
    shield(8)
    hurt(3)
    heal(10)
    expect(now()).toEqual([20, 5])
    at.runAs(ana, 'character.rest', { id, kind: 'long' })
    expect(now()).toEqual([20, 0])
  })

  it('R-24 temporary ones wake nobody', () => {
    const { at, hurt, shield, now } = setUp()
    hurt(20)
    shield(5)
    expect(now()).toEqual([0, 5])
    expect(at.vitals('Ana').life).toBe('dying')
  })

  it.each([
    [true, 1],
    [false, 0],
  ] as const)('R-24 a hit that they swallow at 0 fails a death save: %j', (isFailed, failures) => {
    const houseRules = { absorbedHitFailsDeathSave: isFailed }
    const at = fight({ edition, houseRules })
    const id = at.idOf('Ana')
    at.run('combat.set-hp', { id, now: 0 })
    at.run('combat.temporary-hp', { targets: [id], amount: 5 })
    at.run('combat.damage', { targets: [{ id }], amount: 4 })
    expect(at.vitals('Ana').deathSaves?.failures).toBe(failures)
  })

  it('R-25 healing stops at the maximum', () => {
    const { hurt, heal, now } = setUp()
    hurt(6)
    heal(8)
    expect(now()).toEqual([20, 0])
  })

  it('R-26 the dead are not healed nor set, but revived', () => {
    const { at, id, heal, now } = setUp()
    at.run('combat.kill', { targets: [id] })
    heal(8)
    expect(now()).toEqual([0, 0])
    expect(at.refusal(gm, 'combat.set-hp', { id, now: 5 })).toBe('conflict')
    at.run('combat.revive', { id, hp: 3 })
    expect([now(), at.vitals('Ana').life]).toEqual([[3, 0], 'conscious'])
  })

  it('R-74 a lowered maximum is whole after a long rest where the edition or the GM says so', () => {
    const { at, id, now } = setUp()
    at.run('combat.maximum', { targets: [id], by: -8 })
    expect(now()).toEqual([12, 0])
    at.run('character.rest', { id, kind: 'long' })
    expect(now()).toEqual([edition === '2014' ? 12 : 20, 0])
    at.run('character.rest', { id, kind: 'long', isMaximumRestored: true })
    expect(now()).toEqual([20, 0])
  })
})

describe('house rules', () => {
  const steward = { uuid: 'steward', role: 'steward' }

  it('are the usual ones until somebody says otherwise, and everyone reads them', () => {
    const at = fight({ houseRules: { halfPoints: 'up' } })
    expect(at.table.viewOf(boris).houseRules).toEqual({ ...usualHouseRules, halfPoints: 'up' })
  })

  it('change by themselves, in the log by name, and hold from then on', () => {
    const at = fight({ monsters: { Ogre: { stats: { resistances: [fire] } } } })
    const change = { houseRules: { halfPoints: 'up', absorbedHitFailsDeathSave: true } }
    const lines = linesOf(at.table.must(steward, 'table.edit', change), ana)
    expect(lines).toEqual([{ code: 'house-rules.changed', params: { rules: ['halfPoints'] } }])
    expect(at.table.must(steward, 'table.edit', change)).toEqual([])
    expect(at.table.strayed()).toEqual([])
    at.run('combat.damage', { targets: [{ id: at.idOf('Ogre') }], amount: '7 [fire]' })
    expect(points(at.vitals('Ogre'))[0]).toBe(16)
  })

  it('are for the server to change, and none that nobody knows', () => {
    const at = fight()
    const change = { houseRules: { halfPoints: 'up' } }
    expect(at.refusal(gm, 'table.edit', change)).toBe('not-allowed')
    expect(at.refusal(steward, 'table.edit', { houseRules: { criticals: 'max' } })).toBe('validation-failed')
  })
})
