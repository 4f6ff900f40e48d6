import { describe, expect, it } from 'bun:test'
import { type HpTargets, toHpCommands } from './to-hp-commands'

const two: HpTargets = {
  ids: ['a', 'b'],
  halved: new Set(['b', 'gone']),
  isMagical: false,
  isCritical: false,
  isNonlethal: false,
  material: null,
}

describe('toHpCommands', () => {
  it('hurts several with one command, some of them half', () => {
    expect(toHpCommands({ verb: 'damage', amount: 7, type: 'fire' }, two)).toEqual([
      {
        name: 'combat.damage',
        payload: {
          targets: [{ id: 'a' }, { id: 'b', isHalved: true }],
          parts: [{ amount: 7, type: 'fire' }],
        },
      },
    ])
  })

  it.each([
    [7, null, { amount: 7 }],
    ['2d6+3', null, { amount: '2d6+3' }],
    ['2d6+3', 'cold', { amount: '2d6+3 [cold]' }],
    ['2d6[fire]+1', 'cold', { amount: '2d6[fire]+1' }],
  ] as const)('says %p of type %p as the table takes it', (amount, type, expected) => {
    const [command] = toHpCommands({ verb: 'damage', amount, type }, { ...two, ids: ['a'] })
    expect(command?.payload).toEqual({ targets: [{ id: 'a' }], ...expected })
  })

  it('says of the weapon what was said, and no more', () => {
    const flags = { isMagical: true, isCritical: true, isNonlethal: true, material: 'silvered' } as const
    const [command] = toHpCommands(
      { verb: 'damage', amount: 1, type: null },
      { ...two, ids: ['a'], ...flags },
    )
    expect(command?.payload).toEqual({
      targets: [{ id: 'a' }],
      amount: 1,
      isMagical: true,
      isCritical: true,
      knockOut: true,
      material: 'silvered',
    })
  })

  it('heals all with one command, and sets each with its own', () => {
    expect(toHpCommands({ verb: 'heal', amount: '2d4' }, two)).toEqual([
      { name: 'combat.heal', payload: { targets: ['a', 'b'], amount: '2d4' } },
    ])
    expect(toHpCommands({ verb: 'temporary', amount: 8 }, two)).toEqual([
      { name: 'combat.temporary-hp', payload: { targets: ['a', 'b'], amount: 8 } },
    ])
    expect(toHpCommands({ verb: 'set', amount: 12 }, two)).toEqual([
      { name: 'combat.set-hp', payload: { id: 'a', now: 12 } },
      { name: 'combat.set-hp', payload: { id: 'b', now: 12 } },
    ])
  })
})
