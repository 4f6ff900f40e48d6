import { describe, expect, it } from 'bun:test'
import { inOrder } from '@innkeeper/tabletop/combat/order'
import { combatant } from '@innkeeper/tabletop/rules/testing/creature'
import type { Combatant } from '@innkeeper/tabletop/table/creatures'
import fc from 'fast-check'
import { toRing } from './to-ring'

const row = (id: string, initiative: number, status: Combatant['status'] = 'active') =>
  combatant({ id, name: id, initiative, status })

const rows = [row('a', 20), row('b', 15), row('c', 10, 'delayed'), row('d', 5)]
const read = (turn: string | null) =>
  toRing(rows, turn, {}).map(
    ({ combatant: { id }, isActing, isNext, beginsRound }) =>
      `${beginsRound ? '|' : ''}${id}${isActing ? '!' : ''}${isNext ? '>' : ''}`,
  )

describe('the ring', () => {
  it('begins with whoever acts, names who is next, and says where a round begins', () => {
    expect(read('a')).toEqual(['a!', 'b>', 'c', 'd'])
    expect(read('b')).toEqual(['b!', 'c', 'd>', '|a'])
    expect(read('d')).toEqual(['d!', '|a>', 'b', 'c'])
  })

  it('begins at the beginning while nobody acts', () => {
    expect(read(null)).toEqual(['a', 'b', 'c', 'd'])
    expect(read('gone')).toEqual(['a>', 'b', 'c', 'd'])
  })

  it('has everyone once, whoever acts', () => {
    const orders = fc.uniqueArray(
      fc.tuple(fc.stringMatching(/^[a-z]{1,4}$/), fc.integer({ min: 1, max: 30 })),
      {
        selector: ([id]) => id,
      },
    )
    fc.assert(
      fc.property(orders, fc.nat(), (drawn, pick) => {
        const all = inOrder(Object.fromEntries(drawn.map(([id, initiative]) => [id, row(id, initiative)])))
        const turn = all[pick % Math.max(1, all.length)]?.id ?? null
        const ring = toRing(all, turn, {})
        expect(ring.map(({ combatant }) => combatant.id).sort()).toEqual(all.map(({ id }) => id).sort())
        expect(ring[0]?.combatant.id ?? null).toBe(turn)
      }),
    )
  })
})
