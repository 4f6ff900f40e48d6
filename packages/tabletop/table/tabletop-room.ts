import type { Random } from '@innkeeper/protocol/tools'
import type { Player, Refusal, RoomType, Tools } from '@innkeeper/rooms/room-type'
import { usualHouseRules } from '../rules/rules'
import { findCommand } from './commands/all-commands'
import { returned, toSeatChanged } from './commands/steward-commands'
import { invalid, type Context, type Decided, type TableCommand } from './decision'
import { evolve } from './evolve'
import { tableOptions, tableRoles, type TableOptions, type TableRole } from './messages'
import { seatOf } from './seats'
import { newSeed, tableDice } from './table-dice'
import type { TableEvent } from './table-events'
import type { TableState } from './table-state'
import { audienceOf, view, viewEvent } from './view'

type TabletopRoom = RoomType<TableState, TableCommand, TableEvent, TableOptions>

/** The D&D table: seats, sheets, the fight and the dice. */
export const tabletopRoom: TabletopRoom = {
  name: 'tabletop',
  journal: 'durable',
  roles: tableRoles,
  watcherRole: 'watcher',
  finestAudience: 'player',
  maxPayloadBytes: 32 * 1024,
  parseOptions,
  parseCommand,
  open: ({ name, language, edition, houseRules }) => ({
    name,
    language,
    edition,
    houseRules: { ...usualHouseRules, ...houseRules },
    players: {},
    game: { character: {}, vitals: {}, combatant: {}, combat: {} },
    dice: null,
    marks: { done: [], undone: [] },
    log: [],
    secrets: { seed: null, rolls: 0, undo: [] },
  }),
  admit,
  roleOf(state, uuid) {
    const seat = seatOf(state, uuid)
    return seat && { role: seat.role, since: seat.since }
  },
  decide,
  elapse,
  evolve,
  isState: isTableState,
  view,
  viewEvent,
  audienceOf,
}

function parseOptions(input: unknown): { readonly options: TableOptions } | Refusal {
  const parsed = tableOptions.safeParse(input ?? {})
  return parsed.success ? { options: parsed.data } : invalid(parsed.error)
}

function parseCommand(name: string, payload: unknown): { readonly command: TableCommand } | Refusal {
  const type = findCommand(name)
  if (!type) return { refused: 'bad-request', detail: 'This table knows no such command' }
  const command = type.parse(payload)
  return 'refused' in command ? command : { command }
}

function admit(
  state: TableState,
  player: Player,
  { random }: Tools,
): { readonly role: string; readonly events: readonly TableEvent[] } | Refusal {
  const { uuid, nick: name } = player
  const known = seatOf(state, uuid)
  // A seat that is known has the name and role that it has now: a ticket says who, and may be older than both.
  const asked = known?.role ?? player.role
  // Nobody without a seat is written down: there may be any number of them, and presence shows who is here.
  if (asked === undefined) return { role: 'watcher', events: [] }
  const role = tableRoles.find((tableRole) => tableRole === asked)
  if (role === undefined) return { refused: 'not-allowed', detail: 'This table does not know your role' }
  if (role === 'watcher' || known) return { role, events: [] }
  return {
    role,
    events: [...firstSeed(state, role, random), { name: 'player.joined', payload: { uuid, name, role } }],
  }
}

/** A table commits to its dice before anyone can have had a say in them: when its GM sits down. */
function firstSeed(state: TableState, role: TableRole, random: Random): readonly TableEvent[] {
  if (role !== 'gm' || state.dice !== null) return []
  return [{ name: 'dice.seeded', payload: newSeed(state, random) }]
}

function decide(...[state, by, command, { now, random }]: Parameters<TabletopRoom['decide']>): Decided {
  const seat = seatOf(state, by.uuid)
  // A lent role ends by the clock, a moment before the table is told so.
  const isOver = seat?.lentUntil !== undefined && seat.lentUntil <= now && by.role === 'gm'
  const context: Context = {
    state,
    by: isOver ? { ...by, role: 'player' } : by,
    now,
    random,
    newId: () => random.uuid(),
    dice: (nonce) => tableDice(state, random, nonce),
  }
  return command.decide(context)
}

/** Lent roles end by themselves. */
function elapse(state: TableState, { now }: Tools): readonly TableEvent[] {
  return Object.values(state.players)
    .filter(({ lentUntil }) => lentUntil !== undefined && lentUntil <= now)
    .map((seat) => toSeatChanged(returned(seat)))
}

/** Earlier versions had no game in their state, or kept what undo needs in another way. */
function isTableState(state: unknown): boolean {
  if (typeof state !== 'object' || state === null || !('game' in state && 'houseRules' in state)) return false
  if (!('secrets' in state)) return false
  const { secrets } = state
  return typeof secrets === 'object' && secrets !== null && 'undo' in secrets && Array.isArray(secrets.undo)
}
