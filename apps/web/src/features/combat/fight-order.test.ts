import { describe, expect, it } from 'bun:test'
import { type Fight, fight } from '@innkeeper/tabletop/combat/testing/fight'
import { tabletopRoom } from '@innkeeper/tabletop/table/tabletop-room'
import { ana, boris, gm } from '@innkeeper/tabletop/table/testing/test-table'
import { duePrompts } from './due-prompts'
import { toFightOrder } from './fight-order'
import { undoName } from './undo-names'

type Viewer = typeof gm

const orderFor = (at: Fight, viewer: Viewer) => toFightOrder(tabletopRoom.view(at.table.state, viewer))
const namesOf = (at: Fight, viewer: Viewer) => {
  const order = orderFor(at, viewer)
  return [order?.turn?.name, order?.onDeck?.name]
}

describe('toFightOrder', () => {
  it('has none where nobody fights', () => {
    const at = fight()
    at.run('combat.end')
    expect(orderFor(at, gm)).toBeNull()
  })

  it('has nobody’s turn before the first', () => {
    const at = fight({ isStarted: false })
    expect(namesOf(at, gm)).toEqual([undefined, undefined])
    expect(orderFor(at, gm)?.rows.map(({ name }) => name)).toEqual(['Ana', 'Boris'])
  })

  it('passes over the dead and those who wait for who is next', () => {
    const at = fight({ monsters: { Wolf: {} } })
    expect(namesOf(at, gm)).toEqual(['Ana', 'Wolf'])
    at.run('combat.kill', { targets: [at.idOf('Wolf')] })
    expect(namesOf(at, gm)).toEqual(['Ana', 'Boris'])
    at.run('combat.delay', { id: at.idOf('Boris') })
    expect(namesOf(at, gm)).toEqual(['Ana', undefined])
  })

  it('follows a hidden turn for the game master alone', () => {
    const at = fight({ monsters: { Wolf: { isHidden: true } } })
    at.run('combat.next')
    expect(namesOf(at, gm)).toEqual(['Wolf', 'Boris'])
    expect(namesOf(at, ana)).toEqual(['Ana', 'Boris'])
  })
})

describe('duePrompts', () => {
  const promptsFor = (at: Fight, viewer: Viewer) =>
    duePrompts(tabletopRoom.view(at.table.state, viewer), {
      me: viewer.uuid,
      isGm: viewer.role === 'gm',
    }).map(({ kind, name }) => `${kind} ${name}`)

  it('asks the owner and the game master for a check of concentration, until it is answered', () => {
    const at = fight()
    at.runAs(ana, 'combat.concentrate', { id: at.idOf('Ana'), spell: 'Bless' })
    at.run('combat.damage', { targets: [{ id: at.idOf('Ana') }], amount: 5 })
    expect([gm, ana, boris].map((viewer) => promptsFor(at, viewer))).toEqual([
      ['concentration Ana'],
      ['concentration Ana'],
      [],
    ])
    const [check] = at.vitals('Ana').concentrationChecks
    at.runAs(ana, 'combat.concentration-check', { id: at.idOf('Ana'), check: check?.id, isKept: true })
    expect(promptsFor(at, gm)).toEqual([])
  })

  it('asks for a death save on the own turn, once, and again after it was taken back', () => {
    const at = fight()
    at.run('combat.set-hp', { id: at.idOf('Boris'), now: 0 })
    expect(promptsFor(at, boris)).toEqual([])
    at.run('combat.next')
    expect([boris, gm, ana].map((viewer) => promptsFor(at, viewer))).toEqual([
      ['death-save Boris'],
      ['death-save Boris'],
      [],
    ])
    at.runAs(boris, 'combat.death-save', { id: at.idOf('Boris'), face: 12 })
    expect([boris, gm].map((viewer) => promptsFor(at, viewer))).toEqual([[], []])
    at.runAs(boris, 'undo')
    expect([boris, gm].map((viewer) => promptsFor(at, viewer))).toEqual([
      ['death-save Boris'],
      ['death-save Boris'],
    ])
    at.runAs(boris, 'combat.death-save', { id: at.idOf('Boris'), face: 12 })
    at.run('combat.next')
    at.run('combat.next')
    expect(promptsFor(at, boris)).toEqual(['death-save Boris'])
  })

  it('asks players, and not the game master, for initiative that nobody has rolled', () => {
    const at = fight()
    const [hero] = Object.keys(at.table.state.game.character)
    at.run('combat.edit', { id: hero, changes: { initiative: null } })
    expect([ana, boris, gm].map((viewer) => promptsFor(at, viewer))).toEqual([['initiative Ana'], [], []])
  })
})

describe('undoName', () => {
  const nameFor = (at: Fight, viewer: Viewer, kind: 'done' | 'undone') =>
    undoName(tabletopRoom.view(at.table.state, viewer), kind, {
      me: viewer.uuid,
      isGm: viewer.role === 'gm',
    })

  it('says what, to whom and by whom: the latest of all for the game master, their own for a player', () => {
    const at = fight({ monsters: { Wolf: {} } })
    at.runAs(ana, 'combat.damage', { targets: [{ id: at.idOf('Ana') }], amount: 1 })
    expect(nameFor(at, gm, 'done')).toEqual({ command: 'combat.damage', whom: ['Ana'], by: 'Ana' })
    at.run('combat.damage', { targets: [{ id: at.idOf('Wolf') }, { id: at.idOf('Boris') }], amount: 1 })
    expect(nameFor(at, gm, 'done')).toEqual({ command: 'combat.damage', whom: ['Wolf', 'Boris'], by: null })
    expect(nameFor(at, ana, 'done')).toEqual({ command: 'combat.damage', whom: ['Ana'], by: null })
    at.run('undo')
    expect(nameFor(at, gm, 'undone')).toEqual({ command: 'combat.damage', whom: ['Wolf', 'Boris'], by: null })
    expect(nameFor(at, ana, 'undone')).toBeNull()
  })
})
