import type { Fight } from './fight'

/** What has to be so for a command to be accepted. */
type Before = (at: Fight, id: string) => void

interface CommandCase {
  readonly name: string
  readonly payload: (at: Fight, id: string) => object
  readonly before?: Before
  /** Players give it about their own creatures. */
  readonly forPlayers?: true
  /** It is about the whole fight, or about characters alone or monsters alone. */
  readonly of?: 'fight' | 'monster'
}

const wait: Before = (at, id) => void at.run('combat.delay', { id })
const fall: Before = (at, id) => void at.run('combat.set-hp', { id, now: 0 })
const die: Before = (at, id) => void at.run('combat.kill', { targets: [id] })
const concentrate: Before = (at, id) => void at.run('combat.concentrate', { id, spell: 'Bless' })
const targets = (_at: Fight, id: string) => ({ targets: [id] })
const alone = (_at: Fight, id: string) => ({ id })

/** Every command of the fight, each with a payload that is accepted of a creature in a running fight. */
export const everyCommand: readonly CommandCase[] = [
  {
    name: 'combat.add',
    of: 'fight',
    payload: () => ({ combatants: [{ kind: 'custom', stats: { name: 'Rat', maxHp: 3 } }] }),
  },
  { name: 'combat.remove', payload: targets },
  { name: 'combat.edit', payload: (_at, id) => ({ id, changes: { alias: 'Somebody', initiative: 3 } }) },
  { name: 'combat.start', of: 'fight', payload: () => ({}) },
  { name: 'combat.end', of: 'fight', payload: () => ({}) },
  { name: 'combat.initiative', forPlayers: true, payload: (_at, id) => ({ targets: [id], value: 3 }) },
  {
    name: 'combat.move',
    payload: (at, id) => ({ id, next: at.idOf(id === at.idOf('Wolf') ? 'Ana' : 'Wolf'), place: 'after' }),
  },
  { name: 'combat.next', of: 'fight', payload: () => ({}) },
  { name: 'combat.previous', of: 'fight', payload: () => ({}) },
  { name: 'combat.end-turn', of: 'fight', forPlayers: true, payload: () => ({}) },
  { name: 'combat.delay', forPlayers: true, payload: alone },
  { name: 'combat.ready', forPlayers: true, payload: alone },
  { name: 'combat.return', forPlayers: true, payload: alone, before: wait },
  { name: 'combat.damage', forPlayers: true, payload: (_at, id) => ({ targets: [{ id }], amount: 1 }) },
  {
    name: 'combat.heal',
    forPlayers: true,
    payload: (_at, id) => ({ targets: [id], amount: 1 }),
    before: fall,
  },
  { name: 'combat.temporary-hp', forPlayers: true, payload: (_at, id) => ({ targets: [id], amount: 5 }) },
  { name: 'combat.set-hp', forPlayers: true, payload: (_at, id) => ({ id, now: 7 }) },
  { name: 'combat.maximum', forPlayers: true, payload: (_at, id) => ({ targets: [id], by: -5 }) },
  {
    name: 'combat.condition',
    forPlayers: true,
    payload: (_at, id) => ({ targets: [id], condition: 'paralyzed' }),
  },
  {
    name: 'combat.remove-condition',
    forPlayers: true,
    before: (at, id) => void at.run('combat.condition', { targets: [id], condition: 'prone' }),
    payload: (at, id) => ({ id, condition: at.table.state.game.vitals[id]?.conditions[0]?.id }),
  },
  { name: 'combat.exhaustion', forPlayers: true, payload: (_at, id) => ({ id, level: 4 }) },
  { name: 'combat.concentrate', forPlayers: true, payload: (_at, id) => ({ id, spell: 'Web' }) },
  { name: 'combat.stop-concentrating', forPlayers: true, payload: alone, before: concentrate },
  {
    name: 'combat.concentration-check',
    forPlayers: true,
    before(at, id) {
      concentrate(at, id)
      at.run('combat.damage', { targets: [{ id }], amount: 1 })
    },
    payload: (at, id) => ({ id, check: at.table.state.game.vitals[id]?.concentrationChecks[0]?.id }),
  },
  { name: 'combat.death-save', forPlayers: true, payload: alone, before: fall },
  { name: 'combat.stabilise', forPlayers: true, payload: alone, before: fall },
  { name: 'combat.revive', payload: alone, before: die },
  { name: 'combat.kill', payload: targets },
  { name: 'combat.reaction', forPlayers: true, payload: alone },
  { name: 'combat.use', of: 'monster', payload: (_at, id) => ({ id, counter: 'legendaryResistances' }) },
  {
    name: 'combat.recharge',
    of: 'monster',
    payload: (_at, id) => ({ id, ability: 'Breath', isReady: false }),
  },
  {
    name: 'combat.rest',
    of: 'monster',
    payload: (_at, id) => ({ targets: [id], kind: 'long' }),
    before: (at, id) => void at.run('combat.set-hp', { id, now: 7 }),
  },
]
