import { describe, expect, it } from 'bun:test'
import { editions } from '../table/creatures'
import { ana, boris, gm } from '../table/testing/test-table'
import { inOrder } from './order'
import { fight, type Fight } from './testing/fight'

const namesInOrder = ({ table }: Fight) => inOrder(table.state.game.combatant).map(({ name }) => name)

/** The faces that the latest command drew. */
function facesOf({ table }: Fight): readonly number[] {
  const event = table.events.at(-1)
  return event?.name === 'combat.changed' ? (event.payload.draw?.faces ?? []) : []
}

function rolledBy(at: Fight, name: string): { readonly face: number; readonly total: number } {
  const [line] = at.run('combat.initiative', { targets: [at.idOf(name)] })
  return { face: Number(line?.params['face']), total: Number(line?.params['total']) }
}

describe.each(editions)('initiative in %s', (edition) => {
  it('R-01 is a d20 and Dexterity, and orders from high to low', () => {
    const at = fight({ edition, monsters: { Wolf: { stats: { dexModifier: 2 }, initiative: null } } })
    const { face, total } = rolledBy(at, 'Wolf')
    expect(total).toBe(face + 2)
    expect(at.row('Wolf').initiative).toBe(total)
    const order = inOrder(at.table.state.game.combatant).map(({ initiative }) => initiative ?? 0)
    expect(order).toEqual(order.toSorted((a, b) => b - a))
  })

  it.each([
    [undefined, 12],
    ['advantage', 17],
    ['disadvantage', 7],
  ] as const)('R-01 without a roll is 10 and Dexterity; with %s %i', (advantage, score) => {
    const at = fight({ edition, monsters: { Wolf: { stats: { dexModifier: 2 } } } })
    at.run('combat.initiative', {
      targets: [at.idOf('Wolf')],
      how: 'score',
      ...(advantage ? { advantage } : {}),
    })
    expect(at.row('Wolf').initiative).toBe(score)
    expect(facesOf(at)).toEqual([])
  })

  it('R-02 is rolled once for a group, also when one of it is named', () => {
    const at = fight({ edition, monsters: { Goblin: { count: 5, initiative: null } }, isStarted: false })
    const lines = at.run('combat.start', { roll: 'monsters' })
    expect(lines.filter(({ code }) => code === 'initiative.rolled')).toHaveLength(1)
    expect(facesOf(at)).toHaveLength(1)
    at.run('combat.initiative', { targets: [at.idOf('Goblin 3')], value: 19 })
    for (let number = 1; number <= 5; number += 1) expect(at.row(`Goblin ${number}`).initiative).toBe(19)
  })

  it('R-02 is rolled by each where they are no group', () => {
    const at = fight({ edition, monsters: { Goblin: { count: 3, isGroup: false, initiative: null } } })
    at.run('combat.initiative')
    expect(facesOf(at)).toHaveLength(3)
  })

  it('R-03 leaves ties in the order in which they came, until somebody puts them in another', () => {
    const monsters = { Wolf: { initiative: 15 }, Ogre: { initiative: 15 } }
    const at = fight({ edition, monsters })
    expect(namesInOrder(at)).toEqual(['Ana', 'Wolf', 'Ogre', 'Boris'])
    at.run('combat.move', { id: at.idOf('Ogre'), next: at.idOf('Ana'), place: 'before' })
    expect(namesInOrder(at)).toEqual(['Ogre', 'Ana', 'Wolf', 'Boris'])
    at.run('combat.move', { id: at.idOf('Ana'), next: at.idOf('Wolf'), place: 'after' })
    for (let turn = 0; turn < 8; turn += 1) at.run('combat.next')
    expect(namesInOrder(at)).toEqual(['Ogre', 'Wolf', 'Ana', 'Boris'])
  })

  it('R-03 moves a combatant to another initiative, that of its new neighbour', () => {
    const at = fight({ edition, monsters: { Wolf: {} } })
    at.run('combat.move', { id: at.idOf('Boris'), next: at.idOf('Wolf'), place: 'before' })
    expect(namesInOrder(at)).toEqual(['Ana', 'Boris', 'Wolf'])
    expect(at.row('Boris').initiative).toBe(12)
  })

  it('R-08 is the rider’s for a mount: when it mounts, and whenever the rider has another', () => {
    const at = fight({ edition, monsters: { Horse: { initiative: 3 } } })
    at.run('combat.edit', { id: at.idOf('Horse'), changes: { rider: at.idOf('Ana') } })
    expect(at.row('Horse').initiative).toBe(15)
    at.run('combat.initiative', { targets: [at.idOf('Ana')], value: 18 })
    expect(at.row('Horse').initiative).toBe(18)
    at.run('combat.edit', { id: at.idOf('Ana'), changes: { initiative: 7 } })
    expect(at.row('Horse').initiative).toBe(7)
    at.run('combat.move', { id: at.idOf('Ana'), next: at.idOf('Boris'), place: 'before' })
    expect(namesInOrder(at)).toEqual(['Ana', 'Horse', 'Boris'])
  })

  it('R-08 is not rolled for a mount, which neither rides nor stays bound to a rider who left', () => {
    const at = fight({ edition, monsters: { Horse: {} } })
    at.run('combat.edit', { id: at.idOf('Horse'), changes: { rider: at.idOf('Ana') } })
    expect(at.refusal(gm, 'combat.initiative', { targets: [at.idOf('Horse')] })).toBe('conflict')
    const rides = { id: at.idOf('Boris'), changes: { rider: at.idOf('Horse') } }
    expect(at.refusal(gm, 'combat.edit', rides)).toBe('conflict')
    const isRidden = { id: at.idOf('Ana'), changes: { rider: at.idOf('Boris') } }
    expect(at.refusal(gm, 'combat.edit', isRidden)).toBe('conflict')
    at.run('combat.remove', { targets: [at.idOf('Ana')] })
    expect(at.row('Horse').rider).toBeNull()
  })

  it('R-72 of lair actions is 20, after everybody else who has 20', () => {
    const at = fight({
      edition,
      monsters: { Lava: { kind: 'lair' }, Wolf: { initiative: 20 }, Bat: { initiative: 21 } },
    })
    expect(namesInOrder(at)).toEqual(['Bat', 'Wolf', 'Lava', 'Ana', 'Boris'])
    expect(at.refusal(gm, 'combat.initiative', { targets: [at.idOf('Lava')] })).toBe('conflict')
  })

  it('is rolled for whoever has none, by players for their own alone', () => {
    const at = fight({ edition, isStarted: false })
    for (const name of ['Ana', 'Boris'])
      at.run('combat.edit', { id: at.idOf(name), changes: { initiative: null } })
    at.runAs(ana, 'combat.initiative')
    expect(at.row('Ana').initiative).not.toBeNull()
    expect(at.row('Boris').initiative).toBeNull()
    expect(at.refusal(boris, 'combat.initiative', { targets: [at.idOf('Ana')] })).toBe('not-allowed')
  })

  it.each(['before', 'after'] as const)('shows nobody that a hidden one was moved %s another', (place) => {
    const monsters = { Wolf: { initiative: 15 }, Thief: { isHidden: true }, Ogre: { initiative: 15 } }
    const at = fight({ edition, monsters })
    const seen = at.table.views.get(ana)
    at.run('combat.move', { id: at.idOf('Thief'), next: at.idOf('Wolf'), place })
    const expected = place === 'before' ? ['Ana', 'Thief', 'Wolf', 'Ogre'] : ['Ana', 'Wolf', 'Thief', 'Ogre']
    expect(namesInOrder(at)).toEqual([...expected, 'Boris'])
    expect(at.table.views.get(ana) === seen).toBe(true)
  })

  it('lets players count no hidden rows by the ranks of those that they see', () => {
    const monsters = { Wolf: {}, Thief: { isHidden: true }, Ogre: {}, Spy: { isHidden: true }, Rat: {} }
    const at = fight({ edition, monsters })
    const ranks = () =>
      Object.values(at.table.viewOf(ana).game.combatant)
        .map(({ rank }) => rank)
        .toSorted((a, b) => a - b)
    expect(ranks()).toEqual([1, 2, 3, 4, 5])
    at.run('combat.move', { id: at.idOf('Rat'), next: at.idOf('Thief'), place: 'after' })
    expect(ranks()).toEqual([1, 2, 3, 4, 5])
  })
})

describe('what the editions see differently in initiative', () => {
  it.each([
    ['2014', 1],
    ['2024', 2],
  ] as const)('R-04 in %s the surprised roll %i dice, and the lower counts', (edition, dice) => {
    const at = fight({ edition, monsters: { Wolf: { initiative: null } } })
    at.run('combat.edit', { id: at.idOf('Wolf'), changes: { isSurprised: true } })
    const { face } = rolledBy(at, 'Wolf')
    expect(facesOf(at)).toHaveLength(dice)
    expect(face).toBe(Math.min(...facesOf(at)))
  })

  it.each([
    ['2014', ['invisible'], 1, Math.max],
    ['2024', ['invisible'], 2, Math.max],
    ['2014', ['incapacitated'], 1, Math.min],
    ['2024', ['incapacitated'], 2, Math.min],
    ['2024', ['invisible', 'incapacitated'], 1, Math.max],
  ] as const)('R-05, R-76 in %s under %j: %i dice', (...[edition, conditions, dice, counts]) => {
    const at = fight({ edition, monsters: { Wolf: { initiative: null } } })
    for (const condition of conditions) at.run('combat.condition', { targets: [at.idOf('Wolf')], condition })
    const { face } = rolledBy(at, 'Wolf')
    expect(facesOf(at)).toHaveLength(dice)
    expect(face).toBe(counts(...facesOf(at)))
  })

  it.each([
    ['2014', 2, 0],
    ['2024', 1, 6],
  ] as const)('R-60 in %s three levels of exhaustion: %i dice, %i less', (edition, dice, penalty) => {
    const at = fight({ edition, monsters: { Wolf: { initiative: null } } })
    at.run('combat.exhaustion', { id: at.idOf('Wolf'), level: 3 })
    const { face, total } = rolledBy(at, 'Wolf')
    expect(facesOf(at)).toHaveLength(dice)
    expect(total).toBe(face - penalty)
  })
})
