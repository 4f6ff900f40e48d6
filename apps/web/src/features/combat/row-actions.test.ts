import { describe, expect, it } from 'bun:test'
import { type Fight, fight } from '@innkeeper/tabletop/combat/testing/fight'
import { gm } from '@innkeeper/tabletop/table/testing/test-table'
import { combatantChanges, toCombatantDraft } from './combatant-draft'
import { duplicateOf } from './duplicate'
import { toFightOrder } from './fight-order'
import { actionsOf, gmActionsOf, moveOf, type RowAtHand } from './row-actions'

function atHand(at: Fight, name: string): RowAtHand {
  const order = toFightOrder(at.table.state)
  if (order === null) throw new Error('There is no fight')
  return { row: at.row(name), vitals: at.vitals(name), order }
}
const keysOf = (at: Fight, name: string) => actionsOf(atHand(at, name)).map(({ key }) => key)

describe('actionsOf and gmActionsOf', () => {
  it('offer nothing that the table refuses', () => {
    const prepare: readonly ((at: Fight) => unknown)[] = [
      () => null,
      (at) => at.run('combat.delay', { id: at.idOf('Wolf') }),
      (at) => at.run('combat.ready', { id: at.idOf('Wolf') }),
      (at) => at.run('combat.edit', { id: at.idOf('Wolf'), changes: { isOut: true, isHidden: true } }),
      (at) => at.run('combat.concentrate', { id: at.idOf('Wolf'), spell: 'Bane' }),
      (at) => at.run('combat.reaction', { id: at.idOf('Wolf') }),
      (at) => at.run('combat.edit', { id: at.idOf('Wolf'), changes: { initiative: null } }),
    ]
    for (const make of prepare) {
      const create = () => {
        const at = fight({ monsters: { Wolf: { initiative: 19 } } })
        make(at)
        return at
      }
      const offered = [...actionsOf(atHand(create(), 'Wolf')), ...gmActionsOf(atHand(create(), 'Wolf'))]
      expect(offered.length).toBeGreaterThan(3)
      for (const { key } of offered) {
        const at = create()
        const hand = atHand(at, 'Wolf')
        const action = [...actionsOf(hand), ...gmActionsOf(hand)].find((known) => known.key === key)
        expect([key, action && at.refusal(gm, action.name, action.payload)]).toEqual([key, ''])
      }
    }
  })

  it('offer first aid to the dying and life to the dead', () => {
    const at = fight()
    at.run('combat.set-hp', { id: at.idOf('Boris'), now: 0 })
    expect(keysOf(at, 'Boris')).toContain('stabilise')
    at.run('combat.kill', { targets: [at.idOf('Boris')] })
    expect(keysOf(at, 'Boris')).not.toContain('stabilise')
    expect(gmActionsOf(atHand(at, 'Boris')).map(({ key }) => key)).toContain('revive')
  })

  it('offer the end of a turn to whose turn it is', () => {
    const at = fight()
    expect(keysOf(at, 'Ana')).toContain('endTurn')
    expect(keysOf(at, 'Boris')).not.toContain('endTurn')
  })
})

describe('moveOf', () => {
  it('moves past the neighbour, and not past the end', () => {
    const rows = [{ id: 'a' }, { id: 'b' }] as unknown as Parameters<typeof moveOf>[1]
    expect(moveOf({ id: 'a' }, rows, 'down')).toEqual({ id: 'a', next: 'b', place: 'after' })
    expect(moveOf({ id: 'b' }, rows, 'up')).toEqual({ id: 'b', next: 'a', place: 'before' })
    expect([moveOf({ id: 'a' }, rows, 'up'), moveOf({ id: 'z' }, rows, 'up')]).toEqual([null, null])
  })
})

describe('duplicateOf', () => {
  it('brings one more of a creature made by hand, whole and with a number of its own', () => {
    const stats = { armorClass: 13, legendaryActions: 2, resistances: [{ type: 'cold' }] }
    const at = fight({ monsters: { Wolf: { stats, alias: 'Grey thing' } } })
    const copy = duplicateOf(at.row('Wolf'), at.vitals('Wolf'))
    expect(at.refusal(gm, 'combat.add', { combatants: [copy] })).toBe('')
    expect(at.row('Wolf 2')).toMatchObject({ alias: 'Grey thing 2', stats: at.row('Wolf').stats })
    expect(at.vitals('Wolf 2').hitPoints).toEqual(at.vitals('Wolf').hitPoints)
  })

  it('has nothing to bring for a character', () => {
    const at = fight()
    expect(duplicateOf(at.row('Ana'), at.vitals('Ana'))).toBeNull()
  })
})

describe('combatantChanges', () => {
  it('sends what was changed and nothing else', () => {
    const at = fight({ monsters: { Wolf: {} } })
    const before = toCombatantDraft(at.row('Wolf'))
    expect(combatantChanges(before, { ...before })).toBeNull()
    const changes = combatantChanges(before, {
      ...before,
      alias: ' Shadow ',
      initiative: '',
      armorClass: '15',
    })
    expect(changes).toEqual({ alias: 'Shadow', initiative: null, armorClass: 15 })
    expect(at.refusal(gm, 'combat.edit', { id: at.idOf('Wolf'), changes })).toBe('')
  })
})
