import { describe, expect, it } from 'bun:test'
import { editions } from '../table/creatures'
import { tabletopRoom } from '../table/tabletop-room'
import { ana, boris, everyone, gm } from '../table/testing/test-table'
import { codes, conditionsOf, fight, linesOf, type Fight } from './testing/fight'

/** Names of those whose turns come, from now on. */
function turnsOf(at: Fight, count: number): readonly string[] {
  return Array.from({ length: count }, () => {
    at.run('combat.next')
    return at.turn()
  })
}

const wolfAndOgre = { Wolf: {}, Ogre: { initiative: 11 } }

describe.each(editions)('turns in %s', (edition) => {
  it('R-06 come to everyone once in a round, in order', () => {
    const at = fight({ edition, monsters: wolfAndOgre })
    expect([at.turn(), ...turnsOf(at, 4)]).toEqual(['Ana', 'Wolf', 'Ogre', 'Boris', 'Ana'])
    expect(at.combat().round).toBe(2)
  })

  it('go back to the one before, and to the last of the round before', () => {
    const at = fight({ edition, monsters: wolfAndOgre })
    turnsOf(at, 4)
    at.run('combat.previous')
    expect([at.turn(), at.combat().round]).toEqual(['Boris', 1])
    at.run('combat.previous')
    expect([at.turn(), at.combat().round]).toEqual(['Ogre', 1])
  })

  it('do not go back beyond the first, nor past somebody who died in their own', () => {
    const at = fight({ edition, monsters: wolfAndOgre })
    expect(at.refusal(gm, 'combat.previous')).toBe('conflict')
    turnsOf(at, 2)
    at.run('combat.kill', { targets: [at.idOf('Ogre')] })
    at.run('combat.previous')
    expect([at.turn(), at.combat().round]).toEqual(['Wolf', 1])
  })

  it('pass over the dead, those who are out and those who delay, and come to the dying', () => {
    const at = fight({ edition, monsters: { ...wolfAndOgre, Rat: { initiative: 9 } } })
    at.run('combat.kill', { targets: [at.idOf('Wolf')] })
    at.run('combat.edit', { id: at.idOf('Ogre'), changes: { isOut: true } })
    at.runAs(boris, 'combat.delay', { id: at.idOf('Boris') })
    at.run('combat.damage', { targets: [{ id: at.idOf('Ana') }], amount: 20 })
    expect(turnsOf(at, 3)).toEqual(['Rat', 'Ana', 'Rat'])
  })

  it('are none where no fight is under way, or nobody can have one', () => {
    const at = fight({ edition, isStarted: false })
    for (const name of ['combat.next', 'combat.previous', 'combat.end-turn'])
      expect(at.refusal(gm, name)).toBe('conflict')
    at.run('combat.kill', { targets: [at.idOf('Ana'), at.idOf('Boris')] })
    expect(at.refusal(gm, 'combat.start')).toBe('conflict')
  })

  it('are ended by the player whose it is, and by no other player', () => {
    const at = fight({ edition })
    expect(at.refusal(boris, 'combat.end-turn')).toBe('not-allowed')
    at.runAs(ana, 'combat.end-turn')
    expect(at.turn()).toBe('Boris')
    expect(at.refusal(ana, 'combat.end-turn')).toBe('not-allowed')
  })

  it('come to late joiners in the same round, where their initiative is still to come', () => {
    const at = fight({ edition })
    const late = (name: string, initiative: number | null) => ({
      kind: 'custom',
      stats: { name, maxHp: 5 },
      initiative,
    })
    at.run('combat.add', { combatants: [late('Rat', 12), late('Bat', 20), late('Owl', null)] })
    expect(turnsOf(at, 4)).toEqual(['Rat', 'Boris', 'Owl', 'Bat'])
    expect(at.combat().round).toBe(2)
  })

  it('R-07 give the reaction back when they begin', () => {
    const at = fight({ edition })
    at.runAs(boris, 'combat.reaction', { id: at.idOf('Boris') })
    expect(at.refusal(boris, 'combat.reaction', { id: at.idOf('Boris') })).toBe('conflict')
    at.run('combat.next')
    expect(at.row('Boris').isReactionUsed).toBe(false)
  })

  it('R-07 a reaction is used against the rules by the word of the GM alone', () => {
    const at = fight({ edition })
    const again = { id: at.idOf('Boris'), isForced: true }
    at.runAs(boris, 'combat.reaction', { id: at.idOf('Boris') })
    expect(at.refusal(boris, 'combat.reaction', again)).toBe('conflict')
    expect(codes(at.run('combat.reaction', again))).toEqual(['reaction.used'])
    at.runAs(boris, 'combat.reaction', { id: at.idOf('Boris'), isUsed: false })
    expect(at.row('Boris').isReactionUsed).toBe(false)
  })

  it('R-64 who is incapacitated takes no reaction', () => {
    const at = fight({ edition })
    at.run('combat.condition', { targets: [at.idOf('Boris')], condition: 'stunned' })
    expect(at.refusal(boris, 'combat.reaction', { id: at.idOf('Boris') })).toBe('conflict')
  })

  it('R-34 ask for a death save of the dying, and of nobody else', () => {
    const at = fight({ edition })
    at.run('combat.damage', { targets: [{ id: at.idOf('Boris') }], amount: 20 })
    const dueOf = () =>
      at.run('combat.next').filter(({ code, params }) => code === 'death-save' && params['result'] === 'due')
    expect(dueOf().map(({ params }) => params['name'])).toEqual(['Boris'])
    at.run('combat.stabilise', { id: at.idOf('Boris') })
    expect([...dueOf(), ...dueOf()]).toEqual([])
  })
})

describe('those who wait', () => {
  it('end their turn when they delay in it, and come back right behind the turn under way', () => {
    const at = fight({ monsters: wolfAndOgre })
    at.runAs(ana, 'combat.delay', { id: at.idOf('Ana') })
    expect(at.turn()).toBe('Wolf')
    at.runAs(ana, 'combat.return', { id: at.idOf('Ana') })
    expect(at.turn()).toBe('Wolf')
    expect(turnsOf(at, 5)).toEqual(['Ana', 'Ogre', 'Boris', 'Wolf', 'Ana'])
    expect(at.row('Ana').initiative).toBe(12)
  })

  it('keep their place and their turn when they ready an action, and take it as a reaction', () => {
    const at = fight({ monsters: wolfAndOgre })
    at.runAs(ana, 'combat.ready', { id: at.idOf('Ana'), trigger: 'the door opens' })
    expect(at.turn()).toBe('Ana')
    at.run('combat.next')
    at.runAs(ana, 'combat.return', { id: at.idOf('Ana') })
    expect(at.row('Ana')).toMatchObject({ status: 'active', isReactionUsed: true, initiative: 15 })
    expect(turnsOf(at, 3)).toEqual(['Ogre', 'Boris', 'Ana'])
  })

  it('lose what they readied when their turn comes', () => {
    const at = fight()
    at.runAs(boris, 'combat.ready', { id: at.idOf('Boris') })
    at.run('combat.next')
    expect(at.row('Boris').status).toBe('active')
    expect(at.refusal(boris, 'combat.return', { id: at.idOf('Boris') })).toBe('conflict')
  })

  it('have no readied action left without a reaction, unless the GM says so', () => {
    const at = fight()
    at.runAs(boris, 'combat.ready', { id: at.idOf('Boris') })
    at.runAs(boris, 'combat.reaction', { id: at.idOf('Boris') })
    expect(at.refusal(boris, 'combat.return', { id: at.idOf('Boris') })).toBe('conflict')
    expect(codes(at.run('combat.return', { id: at.idOf('Boris') }))).toEqual(['reaction.used'])
  })

  it('are not those whom the GM took out, and not the last one who acts', () => {
    const at = fight()
    at.run('combat.edit', { id: at.idOf('Boris'), changes: { isOut: true } })
    for (const name of ['combat.delay', 'combat.ready', 'combat.return'])
      expect(at.refusal(boris, name, { id: at.idOf('Boris') })).toBe('conflict')
    expect(at.refusal(ana, 'combat.delay', { id: at.idOf('Ana') })).toBe('conflict')
  })
})

describe('surprise', () => {
  it.each([
    ['2014', 'conflict'],
    ['2024', ''],
  ] as const)('R-04 in %s: a reaction before the end of the first turn: %j', (edition, refused) => {
    const at = fight({ edition })
    at.run('combat.edit', { id: at.idOf('Boris'), changes: { isSurprised: true } })
    expect(at.refusal(boris, 'combat.reaction', { id: at.idOf('Boris') })).toBe(refused)
    at.run('combat.next')
    expect(at.row('Boris').isSurprised).toBe(true)
    at.run('combat.next')
    expect(at.row('Boris').isSurprised).toBe(false)
    at.runAs(boris, 'combat.reaction', { id: at.idOf('Boris'), isUsed: false })
    expect(at.refusal(boris, 'combat.reaction', { id: at.idOf('Boris') })).toBe('')
  })
})

describe('what comes back', () => {
  const dragon = {
    Dragon: {
      stats: { legendaryActions: 3, legendaryResistances: 3, recharges: [{ name: 'Breath', from: 5 }] },
    },
  }
  const use = (at: Fight, counter: string, count = 1) => ({ id: at.idOf('Dragon'), counter, count })

  it('R-70 legendary actions at the start of its own turn, R-71 legendary resistances not', () => {
    const at = fight({ monsters: dragon })
    at.run('combat.use', use(at, 'legendaryActions', 2))
    at.run('combat.use', use(at, 'legendaryResistances'))
    expect(at.refusal(gm, 'combat.use', use(at, 'legendaryActions', 2))).toBe('conflict')
    at.run('combat.next')
    expect(at.row('Dragon').stats).toMatchObject({
      legendaryActions: { max: 3, used: 0 },
      legendaryResistances: { max: 3, used: 1 },
    })
  })

  it('R-70 not in its own turn nor while it is incapacitated, unless the GM insists', () => {
    const at = fight({ monsters: dragon })
    at.run('combat.next')
    const action = use(at, 'legendaryActions')
    expect(at.refusal(gm, 'combat.use', action)).toBe('conflict')
    at.run('combat.use', { ...action, isForced: true })
    at.run('combat.next')
    at.run('combat.condition', { targets: [at.idOf('Dragon')], condition: 'paralyzed' })
    expect(at.refusal(gm, 'combat.use', action)).toBe('conflict')
    expect(codes(at.run('combat.use', use(at, 'legendaryActions', -1)))).toEqual(['counter.regained'])
    expect(codes(at.run('combat.use', use(at, 'legendaryResistances')))).toEqual(['counter.used'])
  })

  it.each([
    ['2014', 'conflict'],
    ['2024', ''],
  ] as const)('R-70 in %s a surprised dragon acts legendarily: %j', (edition, refused) => {
    const at = fight({ edition, monsters: dragon })
    at.run('combat.edit', { id: at.idOf('Dragon'), changes: { isSurprised: true } })
    expect(at.refusal(gm, 'combat.use', use(at, 'legendaryActions'))).toBe(refused)
  })

  it('R-73 what recharges, on its die at the start of its turn', () => {
    const at = fight({ monsters: dragon })
    const isReady = () => at.row('Dragon').stats?.recharges[0]?.isReady
    const seen = new Set<number>()
    for (let round = 0; round < 40; round += 1) {
      at.run('combat.recharge', { id: at.idOf('Dragon'), ability: 'Breath', isReady: false })
      const lines = [at.run('combat.next'), at.run('combat.next'), at.run('combat.next')].flat()
      const face = Number(lines.find(({ code }) => code === 'recharged')?.params['face'])
      expect(isReady()).toBe(face >= 5)
      seen.add(face)
    }
    expect(seen.size).toBe(6)
  })

  it('R-73 for players without a die to see, also where a player ended the turn before', () => {
    const at = fight({ monsters: { Dragon: { ...dragon.Dragon, isHidden: true } } })
    at.run('combat.recharge', { id: at.idOf('Dragon'), ability: 'Breath', isReady: false })
    const [event] = at.table.must(ana, 'combat.end-turn')
    expect(event?.payload).toMatchObject({ draw: { faces: [expect.any(Number)] } })
    const seen = event && tabletopRoom.viewEvent(event, ana)
    expect(seen?.payload).toEqual({ changes: [], lines: [], mark: expect.anything() })
  })

  it('R-73, R-71 after a rest of a monster: a short one recharges, a long one gives all back', () => {
    const at = fight({ monsters: dragon })
    const id = at.idOf('Dragon')
    at.run('combat.recharge', { id, ability: 'Breath', isReady: false })
    at.run('combat.use', use(at, 'legendaryResistances', 2))
    at.run('combat.damage', { targets: [{ id }], amount: 5 })
    at.run('combat.rest', { targets: [id], kind: 'short' })
    expect(at.row('Dragon').stats).toMatchObject({
      recharges: [{ isReady: true }],
      legendaryResistances: { used: 2 },
    })
    expect(at.vitals('Dragon').hitPoints?.now).toBe(15)
    at.run('combat.rest', { targets: [id], kind: 'long' })
    expect(at.row('Dragon').stats?.legendaryResistances?.used).toBe(0)
    expect(at.vitals('Dragon').hitPoints?.now).toBe(20)
    expect(at.refusal(gm, 'combat.rest', { targets: [at.idOf('Ana')], kind: 'long' })).toBe('conflict')
  })
})

describe('turns of the hidden', () => {
  const thief = { Thief: { isHidden: true } }

  it('are the GM’s alone: players go on seeing the turn before', () => {
    const at = fight({ monsters: thief })
    const lines = linesOf(at.table.must(gm, 'combat.next'), boris)
    expect(at.turn()).toBe('Thief')
    expect(lines).toEqual([])
    expect(at.table.viewOf(boris).game.combat['combat']).toEqual({
      phase: 'running',
      round: 1,
      turn: at.idOf('Ana'),
      real: null,
    })
  })

  it('begin no round for players: that comes with the first turn that they see', () => {
    const at = fight({ monsters: { Thief: { isHidden: true, initiative: 20 } } })
    const seenOf = () => linesOf(at.table.must(gm, 'combat.next'), ana).map(({ code }) => code)
    expect(seenOf()).toEqual(['turn.began'])
    expect(seenOf()).toEqual(['turn.began'])
    expect(at.combat()).toMatchObject({ round: 1, real: { round: 1 } })
    expect(seenOf()).toEqual([])
    expect(at.combat()).toMatchObject({ round: 1, real: { round: 2 } })
    expect(seenOf()).toEqual(['round.began', 'turn.began'])
    expect(at.combat().round).toBe(2)
  })

  it('are seen once they step out of hiding, and no longer once they hide', () => {
    const at = fight({ monsters: thief })
    at.run('combat.next')
    at.run('combat.edit', { id: at.idOf('Thief'), changes: { isHidden: false } })
    expect(at.table.viewOf(ana).game.combat['combat']?.turn).toBe(at.idOf('Thief'))
    at.run('combat.edit', { id: at.idOf('Thief'), changes: { isHidden: true } })
    expect(at.table.viewOf(ana).game.combat['combat']?.turn).toBeNull()
  })

  it('show by no reaction that a player asks of them', () => {
    const at = fight({ monsters: thief })
    for (const name of ['combat.reaction', 'combat.delay', 'combat.ready', 'combat.return'])
      expect(at.refusal(ana, name, { id: at.idOf('Thief') })).toBe('not-found')
  })
})

describe('conditions that end by themselves', () => {
  const until = (at: Fight, of: string, when: { moment?: 'start' | 'end'; turns?: number } = {}) => ({
    moment: 'end',
    of: at.idOf(of),
    ...when,
  })
  /** How many turns later the condition is gone; the fight begins with Ana, then come Wolf and Boris. */
  function turnsUntilOver(at: Fight): number {
    for (let turns = 0; turns < 12; turns += 1) {
      if (!conditionsOf(at.vitals('Ana')).includes('blinded')) return turns
      at.run('combat.next')
    }
    return Number.POSITIVE_INFINITY
  }

  it.each([
    ['end', 'Ana', 1, 1],
    ['end', 'Ana', 2, 4],
    ['start', 'Ana', 1, 3],
    ['start', 'Wolf', 1, 1],
    ['end', 'Wolf', 1, 2],
    ['end', 'Boris', 1, 3],
    ['start', 'Boris', 2, 5],
  ] as const)('at the %s of %s’s turn number %i: %i turns later', (...[moment, of, turns, later]) => {
    const at = fight({ monsters: { Wolf: {} } })
    const targets = [at.idOf('Ana')]
    at.run('combat.condition', { targets, condition: 'blinded', until: until(at, of, { moment, turns }) })
    expect(turnsUntilOver(at)).toBe(later)
  })

  it.each([
    ['killed', (at: Fight) => at.run('combat.kill', { targets: [at.idOf('Wolf')] })],
    ['out', (at: Fight) => at.run('combat.edit', { id: at.idOf('Wolf'), changes: { isOut: true } })],
    ['delaying', (at: Fight) => at.run('combat.delay', { id: at.idOf('Wolf') })],
    ['gone', (at: Fight) => at.run('combat.remove', { targets: [at.idOf('Wolf')] })],
    [
      'gone with the next one',
      (at: Fight) => at.run('combat.remove', { targets: [at.idOf('Wolf'), at.idOf('Ogre')] }),
    ],
  ] as const)('with the next turn, where theirs does not come because they are %s', (_why, happens) => {
    const at = fight({ monsters: wolfAndOgre })
    const targets = [at.idOf('Ana')]
    at.run('combat.condition', { targets, condition: 'blinded', until: until(at, 'Wolf') })
    happens(at)
    expect(turnsUntilOver(at)).toBe(1)
    expect(at.table.strayed()).toEqual([])
  })

  it('take along what they brought, and the log says so', () => {
    const at = fight()
    at.run('combat.condition', {
      targets: [at.idOf('Ana')],
      condition: 'paralyzed',
      until: until(at, 'Ana'),
    })
    expect(conditionsOf(at.vitals('Ana'))).toEqual(['paralyzed', 'incapacitated'])
    const lost = at.run('combat.next').filter(({ code }) => code === 'condition.lost')
    expect(lost.map(({ params }) => params['condition'])).toEqual(['paralyzed', 'incapacitated'])
    expect(at.vitals('Ana').conditions).toEqual([])
  })

  it('do not tell of a hidden one who inherits the turn with which they end', () => {
    const at = fight({ monsters: { Wolf: {}, Thief: { isHidden: true, initiative: 11 } } })
    at.run('combat.condition', {
      targets: [at.idOf('Boris')],
      condition: 'blinded',
      until: until(at, 'Wolf'),
    })
    at.run('combat.remove', { targets: [at.idOf('Wolf')] })
    expect(at.vitals('Boris').conditions[0]?.until?.of).toBe(at.idOf('Thief'))
    for (const viewer of everyone.filter(({ role }) => role !== 'gm'))
      expect(JSON.stringify(at.table.viewOf(viewer))).not.toContain(at.idOf('Thief'))
  })

  it('need a turn in the fight to end with', () => {
    const at = fight()
    const never = { targets: [at.idOf('Ana')], condition: 'blinded', until: { moment: 'end', of: 'nobody' } }
    expect(at.refusal(gm, 'combat.condition', never)).toBe('conflict')
  })
})

describe('who leaves a fight', () => {
  it('in their own turn leaves it to the next, also where players do not see who that is', () => {
    const at = fight({ monsters: { Wolf: {}, Thief: { isHidden: true, initiative: 11 } } })
    at.run('combat.next')
    at.run('combat.remove', { targets: [at.idOf('Wolf')] })
    expect(at.turn()).toBe('Thief')
    expect(at.table.viewOf(ana).game.combat['combat']?.turn).toBeNull()
    at.run('combat.next')
    expect([at.turn(), at.combat().round]).toEqual(['Boris', 1])
  })

  it('takes the last turn of the round along, and the next round begins', () => {
    const at = fight({ monsters: { Wolf: {} } })
    turnsOf(at, 2)
    at.run('combat.remove', { targets: [at.idOf('Boris'), at.idOf('Wolf')] })
    expect([at.turn(), at.combat().round]).toEqual(['Ana', 2])
    expect(at.vitals('Boris').hitPoints?.now).toBe(20)
    at.run('combat.remove', { targets: [at.idOf('Ana')] })
    expect([at.turn(), at.refusal(gm, 'combat.next')]).toEqual(['', 'conflict'])
  })

  it('R-63 lets go of whom it held', () => {
    const at = fight({ monsters: { Ogre: {} } })
    const grapple = { targets: [at.idOf('Ana')], condition: 'grappled', source: at.idOf('Ogre') }
    at.run('combat.condition', grapple)
    expect(codes(at.run('combat.remove', { targets: [at.idOf('Ogre')] }))).toEqual([
      'combatant.left',
      'condition.lost',
    ])
  })

  it('is everybody when it ends: monsters are gone, and with them what would have ended with a turn', () => {
    const at = fight({ monsters: { Ogre: {} } })
    const targets = [at.idOf('Ana')]
    const ogre = at.idOf('Ogre')
    at.run('combat.condition', { targets, condition: 'stunned', until: { moment: 'end', of: ogre } })
    at.run('combat.condition', { targets, condition: 'grappled', source: ogre })
    at.run('combat.condition', { targets, condition: 'poisoned' })
    at.run('combat.end')
    const { game } = at.table.state
    expect([game.combatant, game.combat]).toEqual([{}, {}])
    expect(game.vitals[ogre]).toBeUndefined()
    expect(conditionsOf(at.vitals('Ana'))).toEqual(['poisoned'])
    expect(at.refusal(gm, 'combat.end')).toBe('conflict')
  })
})
