import { describe, expect, it } from 'bun:test'
import { editions, type Edition } from '../table/creatures'
import { ana, boris, gm } from '../table/testing/test-table'
import { codes, conditionsOf, fight, linesOf, points, type Fight } from './testing/fight'

/** Ana, with 12 hit points at most and so many now. */
function heroWith(
  now: number,
  options: { readonly edition?: Edition; readonly temporary?: number } = {},
): Fight {
  const at = fight({ edition: options.edition ?? '2014', sheet: { maxHitPoints: 12 } })
  const id = at.idOf('Ana')
  at.run('combat.set-hp', { id, now })
  if (options.temporary) at.run('combat.temporary-hp', { targets: [id], amount: options.temporary })
  return at
}

const hurt = (at: Fight, amount: number, more: object = {}) =>
  at.run('combat.damage', { targets: [{ id: at.idOf('Ana') }], amount, ...more })
const save = (at: Fight, face: number) => at.runAs(ana, 'combat.death-save', { id: at.idOf('Ana'), face })

describe.each(editions)('a character at 0 hit points in %s', (edition) => {
  it('R-30, R-65 falls unconscious: incapacitated and prone with it', () => {
    const at = heroWith(5, { edition })
    const lines = hurt(at, 5)
    expect(at.vitals('Ana').life).toBe('dying')
    expect(conditionsOf(at.vitals('Ana'))).toEqual(['unconscious', 'incapacitated', 'prone'])
    expect(codes(lines).slice(0, 2)).toEqual(['damage', 'fell'])
  })

  it.each([
    [6, 0, 17, 'dying'],
    [6, 0, 18, 'dead'],
    [6, 4, 21, 'dying'],
    [6, 4, 22, 'dead'],
  ] as const)('R-31 with %i of 12 and %i temporary, %i damage: %s', (...[now, temporary, amount, life]) => {
    const at = heroWith(now, { edition, temporary })
    hurt(at, amount)
    expect(at.vitals('Ana').life).toBe(life)
  })

  it.each([
    [9, { successes: 0, failures: 1 }],
    [10, { successes: 1, failures: 0 }],
    [1, { successes: 0, failures: 2 }],
  ] as const)('R-35, R-36 a death save of %i', (face, deathSaves) => {
    const at = heroWith(0, { edition })
    save(at, face)
    expect(at.vitals('Ana').deathSaves).toEqual(deathSaves)
  })

  it('R-36 a natural 20 is back with 1 hit point, prone', () => {
    const at = heroWith(0, { edition })
    save(at, 3)
    save(at, 20)
    expect(points(at.vitals('Ana'))).toEqual([1, 0])
    expect(at.vitals('Ana')).toMatchObject({ life: 'conscious', deathSaves: { successes: 0, failures: 0 } })
    expect(conditionsOf(at.vitals('Ana'))).toEqual(['prone'])
  })

  it.each([
    [[10, 3, 11, 4, 12], 'stable'],
    [[3, 12, 4, 15, 5], 'dead'],
    [[3, 4, 1], 'dead'],
  ] as const)('R-35, R-37 death saves of %j end %s', (faces, life) => {
    const at = heroWith(0, { edition })
    for (const face of faces) save(at, face)
    expect(at.vitals('Ana').life).toBe(life)
    expect(points(at.vitals('Ana'))[0]).toBe(0)
    if (life === 'stable') expect(at.vitals('Ana').deathSaves).toEqual({ successes: 0, failures: 0 })
    expect(at.refusal(ana, 'combat.death-save', { id: at.idOf('Ana'), face: 10 })).toBe('conflict')
  })

  it('R-35 rolls a death save at the table’s own dice when no face is given', () => {
    const at = heroWith(0, { edition })
    const [event] = at.table.must(ana, 'combat.death-save', { id: at.idOf('Ana') })
    const face = event?.name === 'combat.changed' ? event.payload.draw?.faces[0] : undefined
    const [line] = linesOf(event ? [event] : [], boris)
    expect(line).toEqual({ code: 'death-save', params: { name: 'Ana', result: 'rolled', face: face ?? 0 } })
  })

  it.each([
    ['a hit', {}, 1, 'dying'],
    ['a critical hit', { isCritical: true }, 2, 'dying'],
  ] as const)('R-38 fails by %s', (...[, more, failures, life]) => {
    const at = heroWith(0, { edition })
    hurt(at, 3, more)
    expect(at.vitals('Ana')).toMatchObject({ life, deathSaves: { failures } })
  })

  it('R-38 dies of damage as large as the maximum', () => {
    const at = heroWith(0, { edition })
    hurt(at, 11)
    expect(at.vitals('Ana').life).toBe('dying')
    hurt(at, 12)
    expect(at.vitals('Ana').life).toBe('dead')
  })

  it.each([
    [9, 'dying'],
    [10, 'stable'],
    [undefined, 'stable'],
  ] as const)('R-39 first aid with a check of %p: %s', (total, life) => {
    const at = heroWith(0, { edition })
    at.run('combat.stabilise', { id: at.idOf('Ana'), ...(total === undefined ? {} : { total }) })
    expect(at.vitals('Ana').life).toBe(life)
  })

  it('R-40 stable, is dying again when hurt', () => {
    const at = heroWith(0, { edition })
    at.run('combat.stabilise', { id: at.idOf('Ana') })
    hurt(at, 1)
    expect(at.vitals('Ana')).toMatchObject({ life: 'dying', deathSaves: { failures: 1 } })
  })

  it('R-41, R-37 wakes by any healing, prone, with nothing on the counters', () => {
    const at = heroWith(0, { edition })
    save(at, 4)
    const lines = at.run('combat.heal', { targets: [at.idOf('Ana')], amount: 1 })
    expect(at.vitals('Ana')).toMatchObject({ life: 'conscious', deathSaves: { failures: 0 } })
    expect(conditionsOf(at.vitals('Ana'))).toEqual(['prone'])
    expect(codes(lines)).toContain('revived')
  })

  it('cannot be talked out of being unconscious', () => {
    const at = heroWith(0, { edition })
    const [unconscious, incapacitated] = at.vitals('Ana').conditions
    for (const condition of [unconscious?.id, incapacitated?.id, 'none'])
      expect(at.refusal(gm, 'combat.remove-condition', { id: at.idOf('Ana'), condition })).toBe('conflict')
  })
})

describe('what the editions see differently at 0', () => {
  it.each([
    ['2014', 'dying'],
    ['2024', 'dead'],
  ] as const)('R-32 in %s a maximum of 0: %s', (edition, life) => {
    const at = heroWith(12, { edition })
    at.run('combat.maximum', { targets: [at.idOf('Ana')], by: -12 })
    expect(at.vitals('Ana').life).toBe(life)
  })

  it.each([
    ['2014', 0, 'stable'],
    ['2024', 1, 'conscious'],
  ] as const)('R-42 in %s knocked out at %i, %s', (edition, now, life) => {
    const at = heroWith(5, { edition })
    hurt(at, 30, { knockOut: true })
    expect([points(at.vitals('Ana'))[0], at.vitals('Ana').life]).toEqual([now, life])
    expect(conditionsOf(at.vitals('Ana'))).toContain('unconscious')
    at.run('combat.heal', { targets: [at.idOf('Ana')], amount: 1 })
    expect(conditionsOf(at.vitals('Ana'))).toEqual(['prone'])
  })

  it('R-42 in 2024 first aid wakes who was knocked out, and so does a short rest', () => {
    for (const wake of ['aid', 'rest'] as const) {
      const at = heroWith(5, { edition: '2024' })
      const id = at.idOf('Ana')
      hurt(at, 30, { knockOut: true })
      if (wake === 'aid') at.run('combat.stabilise', { id, total: 10 })
      else at.runAs(ana, 'character.rest', { id, kind: 'short' })
      expect(conditionsOf(at.vitals('Ana'))).toEqual(['prone'])
    }
  })

  it('R-26 in 2024 the revived are less tired', () => {
    for (const edition of editions) {
      const at = heroWith(12, { edition })
      const id = at.idOf('Ana')
      at.run('combat.exhaustion', { id, level: 2 })
      at.run('combat.kill', { targets: [id] })
      at.run('combat.revive', { id })
      expect(at.vitals('Ana').exhaustion).toBe(edition === '2024' ? 1 : 2)
    }
  })

  it('switch in the middle of a fight: the next rule is of the other edition', () => {
    const at = heroWith(12)
    const id = at.idOf('Ana')
    at.run('combat.exhaustion', { id, level: 4 })
    expect(points(at.vitals('Ana'))[0]).toBe(6)
    at.table.must({ uuid: 'steward', role: 'steward' }, 'table.edit', { edition: '2024' })
    at.run('combat.heal', { targets: [id], amount: 20 })
    expect(points(at.vitals('Ana'))[0]).toBe(12)
    hurt(at, 12, { knockOut: true })
    expect(points(at.vitals('Ana'))[0]).toBe(1)
    expect(at.table.strayed()).toEqual([])
  })
})

describe('a monster at 0 hit points', () => {
  it.each(editions)('R-33 dies in %s, also when it is set there', (edition) => {
    const at = fight({ edition, monsters: { Ogre: {}, Rat: {} } })
    at.run('combat.damage', { targets: [{ id: at.idOf('Ogre') }], amount: 20 })
    at.run('combat.set-hp', { id: at.idOf('Rat'), now: 0 })
    expect([at.vitals('Ogre').life, at.vitals('Rat').life]).toEqual(['dead', 'dead'])
  })

  it('R-33 falls like a character where the GM wishes, with death saves that are told as its hit points are', () => {
    const at = fight({ monsters: { Mayor: { diesAtZero: false, hpShown: 'label' } } })
    const id = at.idOf('Mayor')
    at.run('combat.damage', { targets: [{ id }], amount: 20 })
    expect(at.vitals('Mayor').life).toBe('dying')
    const events = at.table.must(gm, 'combat.death-save', { id, face: 4 })
    expect(codes(linesOf(events, gm))).toEqual(['death-save', 'death-save'])
    expect(linesOf(events, ana)).toEqual([])
    expect(at.table.viewOf(ana).game.vitals[id]?.deathSaves).toBeNull()
    at.run('combat.death-save', { id, face: 20 })
    expect(at.vitals('Mayor').life).toBe('conscious')
  })

  it('R-43 is bloodied at half its hit points or fewer', () => {
    for (const [maxHp, damage, label] of [
      [20, 10, 'bloodied'],
      [20, 9, 'wounded'],
      [15, 8, 'bloodied'],
      [15, 7, 'wounded'],
    ] as const) {
      const at = fight({ monsters: { Ogre: { stats: { maxHp }, hpShown: 'label' } } })
      at.run('combat.damage', { targets: [{ id: at.idOf('Ogre') }], amount: damage })
      expect(at.table.viewOf(ana).game.vitals[at.idOf('Ogre')]?.label).toBe(label)
    }
  })
})
