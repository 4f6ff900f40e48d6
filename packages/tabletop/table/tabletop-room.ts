import type { z } from 'zod'
import type { Random } from '@innkeeper/protocol/tools'
import type { Player, Refusal, RoomType, Viewer } from '@innkeeper/rooms/room-type'
import type { DiceError } from '../dice/dice-errors'
import type { DiceExpression } from '../dice/dice-expression'
import { parseDice } from '../dice/parse-dice'
import { rollDice } from '../dice/roll-dice'
import { evolve } from './evolve'
import {
  diceRollPayload,
  tableOptions,
  tableRoles,
  type RollVisibility,
  type TableEvent,
  type TableOptions,
  type TableState,
} from './messages'
import { audienceOf, view, viewEvent } from './view'

/** A command that has been understood. */
export interface TableCommand {
  readonly name: 'dice.roll'
  readonly expression: DiceExpression
  readonly visibility: RollVisibility
  readonly label?: string
}

/** The D&D table: seats and dice. */
export const tabletopRoom: RoomType<TableState, TableCommand, TableEvent, TableOptions> = {
  name: 'tabletop',
  journal: 'durable',
  roles: tableRoles,
  finestAudience: 'player',
  maxPayloadBytes: 32 * 1024,
  parseOptions,
  parseCommand,
  open: ({ name, language, edition }) => ({ name, language, edition, players: {}, log: [] }),
  admit,
  // The state has no say in a roll.
  decide: (...[, by, command, { random }]) => rollFor(by, command, random),
  evolve,
  view,
  viewEvent,
  audienceOf,
}

function parseOptions(input: unknown): { readonly options: TableOptions } | Refusal {
  const parsed = tableOptions.safeParse(input ?? {})
  return parsed.success ? { options: parsed.data } : invalid(parsed.error)
}

function parseCommand(name: string, payload: unknown): { readonly command: TableCommand } | Refusal {
  if (name !== 'dice.roll')
    return { refused: 'bad-request', detail: 'This table knows one command: dice.roll' }
  const parsed = diceRollPayload.safeParse(payload)
  if (!parsed.success) return invalid(parsed.error)
  const { expression: text, visibility, label: given } = parsed.data
  const dice = parseDice(text)
  if ('error' in dice) return diceRefused(dice.error)
  const label = given || dice.expression.label
  const { expression } = dice
  return { command: { name, expression, visibility, ...(label === undefined ? {} : { label }) } }
}

function admit(
  state: TableState,
  player: Player,
): { readonly role: string; readonly events: readonly TableEvent[] } | Refusal {
  const { uuid, nick: name } = player
  const known = Object.hasOwn(state.players, uuid) ? state.players[uuid] : undefined
  // A ticket says who, not in which role: a seat that is known has the role that it was taken in.
  const asked = player.role ?? known?.role
  // Nobody without a seat is written down: there may be any number of them, and presence shows who is here.
  if (asked === undefined) return { role: 'watcher', events: [] }
  const role = tableRoles.find((tableRole) => tableRole === asked)
  if (role === undefined) return { refused: 'not-allowed', detail: 'This table does not know your role' }
  if (role === 'watcher') return { role, events: [] }
  if (known?.name === name && known.role === role) return { role, events: [] }
  return { role, events: [{ name: 'player.joined', payload: { uuid, name, role } }] }
}

function rollFor(
  by: Viewer,
  command: TableCommand,
  random: Random,
): { readonly events: readonly TableEvent[] } | Refusal {
  if (by.role !== 'gm' && by.role !== 'player')
    return { refused: 'not-allowed', detail: 'Watchers do not roll' }
  const result = rollDice(command.expression, (sides) => random.below(sides) + 1)
  if ('error' in result) return diceRefused(result.error)
  const { visibility, label } = command
  const expression = result.canonical
  const payload = { visibility, expression, ...(label === undefined ? {} : { label }), result }
  return { events: [{ name: 'dice.rolled', payload }] }
}

function diceRefused({ code, position, hint }: DiceError): Refusal {
  return { refused: 'dice-refused', detail: hint, extras: { diceCode: code, position, hint } }
}

function invalid(error: z.ZodError): Refusal {
  const [issue] = error.issues
  const field = issue?.path.join('.') ?? ''
  const detail = field === '' ? 'The payload is not as expected' : `${field}: ${issue?.message}`
  return { refused: 'validation-failed', detail, extras: { field } }
}
