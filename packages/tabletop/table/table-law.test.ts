import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import type { Viewer } from '@innkeeper/rooms/room-type'
import { aimed, gameCommandArbitrary, tableCommandArbitrary } from './arbitrary-commands'
import { ana, boris, everyone, gameOf, gm, TestTable } from './testing/test-table'

setDefaultTimeout(120_000)

const by: fc.Arbitrary<Viewer> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(gm) },
  { weight: 2, arbitrary: fc.constantFrom(...everyone) },
)
const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 })
const story = fc.array(fc.tuple(by, tableCommandArbitrary), { minLength: 10, maxLength: 60 })

/** A fight under way: two characters, some goblins and something that players do not know of. */
function fighting(each: number): TestTable {
  const table = TestTable.seated(undefined, each)
  table.must(ana, 'character.create', { name: 'Ana', sheet: { maxHitPoints: 24 } })
  table.must(boris, 'character.create', { name: 'Boris', sheet: { maxHitPoints: 18 } })
  const heroes = Object.keys(table.state.game.character).map((id) => ({ kind: 'character', id }))
  const goblins = { kind: 'monster', monster: 'goblin', count: 3, diesAtZero: false }
  const dragon = { kind: 'monster', monster: 'adult-red-dragon', isHidden: true, hpShown: 'hidden' }
  table.must(gm, 'combat.add', { combatants: [...heroes, goblins, dragon] })
  table.must(gm, 'combat.start', { roll: 'all' })
  return table
}

describe('a table under any commands', () => {
  it('shows each viewer what they were welcomed with, folded with what they were sent', () => {
    fc.assert(
      fc.property(story, seed, (commands, each) => {
        const table = fighting(each)
        for (const [who, { name, payload }] of commands) {
          table.send(who, name, aimed(payload, table.state))
          expect({ name, payload, strayed: table.strayed() }).toEqual({ name, payload, strayed: [] })
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is as it was after as many undos as there were commands, for every viewer', () => {
    const game = fc.array(fc.tuple(by, gameCommandArbitrary), { minLength: 5, maxLength: 40 })
    fc.assert(
      fc.property(game, seed, (commands, each) => {
        const table = fighting(each)
        for (const [who, { name, payload }] of commands) table.send(who, name, aimed(payload, table.state))
        const after = gameOf(table.state)
        const undos = table.state.marks.done.length
        for (let count = 0; count < undos; count += 1) table.must(gm, 'undo')
        const empty = gameOf(TestTable.seated().state)
        expect(gameOf(table.state)).toEqual(empty)
        for (const viewer of everyone) expect(gameOf(table.viewOf(viewer))).toEqual(empty)
        expect(table.strayed()).toEqual([])
        for (let count = 0; count < undos; count += 1) table.must(gm, 'redo')
        expect(gameOf(table.state)).toEqual(after)
        expect(table.strayed()).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('lets a player undo nothing under a later command, even one that changed things back', () => {
    const table = fighting(1)
    const [id = ''] = Object.keys(table.state.game.character)
    table.must(ana, 'combat.set-hp', { id, now: 9 })
    table.must(gm, 'combat.set-hp', { id, now: 5 })
    table.must(gm, 'combat.set-hp', { id, now: 9 })
    expect(table.send(ana, 'undo').refused).toMatchObject({ refused: 'conflict' })
    for (let count = 0; count < 3; count += 1) table.must(gm, 'undo')
    expect(table.state.game.vitals[id]?.hitPoints?.now).toBe(24)
  })

  it('lets a player not undo a character that fights by now', () => {
    const table = TestTable.seated()
    table.must(ana, 'character.create', { name: 'Ana' })
    const [id = ''] = Object.keys(table.state.game.character)
    table.must(gm, 'combat.add', { combatants: [{ kind: 'character', id }] })
    expect(table.send(ana, 'undo').refused).toMatchObject({ refused: 'conflict' })
  })
})
