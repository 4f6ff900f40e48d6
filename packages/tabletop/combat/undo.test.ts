import { describe, expect, it } from 'bun:test'
import { ana, boris, everyone, gameOf, gm } from '../table/testing/test-table'
import { everyCommand } from './testing/every-command'
import { fight, points, type Fight } from './testing/fight'

const stats = { legendaryResistances: 3, recharges: [{ name: 'Breath', from: 5 }] }

function skirmish(name: string): Fight {
  const isStarted = name !== 'combat.start'
  const at = fight({ monsters: { Wolf: { stats }, Thief: { isHidden: true } }, isStarted })
  if (isStarted) for (let turn = 0; turn < 4; turn += 1) at.run('combat.next')
  return at
}

const gamesOf = ({ table }: Fight) => [
  gameOf(table.state),
  ...everyone.map((viewer) => gameOf(table.viewOf(viewer))),
]

describe('what was done in a fight', () => {
  for (const { name, payload, before, forPlayers, of } of everyCommand) {
    const whose = of === 'monster' ? 'Wolf' : 'Ana'
    const authors = forPlayers ? [gm, ana] : [gm]
    for (const author of authors)
      it(`${name} is taken back and done again by ${author.role}`, () => {
        const at = skirmish(name)
        const id = at.idOf(whose)
        before?.(at, id)
        const was = gamesOf(at)
        at.runAs(author, name, payload(at, id))
        const is = gamesOf(at)
        expect(is).not.toEqual(was)
        at.runAs(author, 'undo')
        expect(gamesOf(at)).toEqual(was)
        at.runAs(author, 'redo')
        expect(gamesOf(at)).toEqual(is)
        expect(at.table.strayed()).toEqual([])
      })
  }

  it('is taken back by a player if it was theirs, whatever others did elsewhere since', () => {
    const at = fight()
    at.runAs(ana, 'combat.set-hp', { id: at.idOf('Ana'), now: 7 })
    at.runAs(boris, 'combat.set-hp', { id: at.idOf('Boris'), now: 3 })
    at.runAs(ana, 'undo')
    expect([points(at.vitals('Ana'))[0], points(at.vitals('Boris'))[0]]).toEqual([20, 3])
  })

  it('stays while a later command stands on it, which could not be taken back without it', () => {
    const at = fight()
    at.run('combat.end')
    expect(at.refusal(ana, 'undo')).toBe('conflict')
    at.run('undo')
    expect(at.row('Ana').kind).toBe('character')
  })

  it('leaves nobody in the fight who is not at the table any more', () => {
    const at = fight()
    const id = at.idOf('Ana')
    expect(at.refusal(ana, 'undo')).toBe('conflict')
    at.run('combat.remove', { targets: [id] })
    at.runAs(ana, 'character.remove', { id })
    at.runAs(ana, 'undo')
    at.run('combat.add', { combatants: [{ kind: 'character', id }] })
    expect(at.refusal(ana, 'redo')).toBe('conflict')
    at.run('undo')
    at.runAs(ana, 'redo')
    expect(at.table.state.game.character[id]).toBeUndefined()
  })

  it('is not taken back by a player when somebody else has changed it since', () => {
    const at = fight()
    const id = at.idOf('Ana')
    at.runAs(ana, 'combat.set-hp', { id, now: 7 })
    at.run('combat.damage', { targets: [{ id }], amount: 2 })
    const { refused } = at.table.send(ana, 'undo')
    expect(refused?.refused).toBe('conflict')
    expect(refused?.extras).toBeUndefined()
    at.run('undo')
    at.runAs(ana, 'undo')
    expect(points(at.vitals('Ana'))[0]).toBe(20)
  })

  it('is not done again when somebody else has changed it since', () => {
    const at = fight()
    const id = at.idOf('Ana')
    at.runAs(ana, 'combat.set-hp', { id, now: 7 })
    at.runAs(ana, 'undo')
    at.run('combat.damage', { targets: [{ id }], amount: 2 })
    expect(at.refusal(ana, 'redo')).toBe('conflict')
  })

  it('is not a player’s to take back when the GM did it', () => {
    const at = fight()
    at.run('combat.damage', { targets: [{ id: at.idOf('Ana') }], amount: 2 })
    expect(at.refusal(ana, 'undo')).toBe('conflict')
  })

  it('brings back what expired, who died and whose turn it was', () => {
    const at = fight({ monsters: { Wolf: {} } })
    const until = { moment: 'end', of: at.idOf('Ana') }
    at.run('combat.condition', { targets: [at.idOf('Boris')], condition: 'blinded', until })
    const was = gamesOf(at)
    at.run('combat.next')
    at.run('combat.kill', { targets: [at.idOf('Wolf')] })
    at.run('combat.remove', { targets: [at.idOf('Wolf')] })
    expect(at.vitals('Boris').conditions).toEqual([])
    for (let undone = 0; undone < 3; undone += 1) at.run('undo')
    expect(gamesOf(at)).toEqual(was)
  })
})
