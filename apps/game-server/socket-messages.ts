import { z } from 'zod'
import { closeCodes } from '@innkeeper/protocol/close-codes'
import { clientFrame } from '@innkeeper/protocol/frames'
import { AppError, problems, toProblem } from '@innkeeper/protocol/problems'
import { serverFrame } from '@innkeeper/protocol/server-frames'
import { openCommands } from '@innkeeper/tabletop/table/commands/all-commands'
import { commandExamples } from '@innkeeper/tabletop/table/schemas/command-examples'
import { playExample } from '@innkeeper/tabletop/table/schemas/event-examples'
import { tableEvents } from '@innkeeper/tabletop/table/schemas/event-schemas'
import { exampleIds } from '@innkeeper/tabletop/table/schemas/example-ids'
import { tableSchemas } from '@innkeeper/tabletop/table/schemas/table-schemas'

/** A kind of frame. */
export interface SocketMessage {
  /** Within the document. */
  readonly id: string
  readonly name: string
  readonly title: string
  readonly summary: string
  readonly from: 'client' | 'server'
  /** Absent: in rooms of every type. */
  readonly roomType?: 'tabletop' | 'relay'
  /** Its name among the schemas. */
  readonly schema: string
  readonly example: unknown
}

const [commandFrame] = clientFrame.options
const [welcomeFrame, eventFrame] = serverFrame.options
const { room: roomId, player: uuid } = exampleIds
const you = { uuid, nick: 'Торин', role: 'player' }
const at = 1_795_296_000_000

/** Every frame of the document, in the order in which a reader meets them. */
export function socketMessages(): readonly SocketMessage[] {
  return [
    ...clientFrames.map((frame) => ({ ...frame, from: 'client' as const })),
    ...serverFrames.map((frame) => ({ ...frame, from: 'server' as const })),
    ...relayMessages,
    ...tableMessages(),
  ]
}

/** The schemas of all of them, and what they are made of. */
export function socketSchemas(): Readonly<Record<string, z.ZodType>> {
  return {
    ...tableSchemas,
    ...Object.fromEntries(
      [...clientFrame.options, ...serverFrame.options].map((frame) => [frame.shape.type.value, frame]),
    ),
    CloseReason: closeReason,
    'relay.welcome': welcomeFrame.extend({ state: z.object({}).optional() }),
    'relay.command.relay': commandFrame.extend({ name: z.literal('relay'), payload: anyJson }),
    'relay.event.relayed': eventFrame.extend({ name: z.literal('relayed'), payload: anyJson }),
    'tabletop.welcome': welcomeFrame.extend({ state: tableSchemas.TableState.optional() }),
    ...Object.fromEntries(
      openCommands.map(({ name, payload }) => [
        `tabletop.command.${name}`,
        commandFrame.extend({ name: z.literal(name), payload: asSent(payload) }),
      ]),
    ),
    ...Object.fromEntries(
      tableEvents.map((event) => [
        `tabletop.event.${event.shape.name.value}`,
        z.object({ type: z.literal('event'), ...event.shape }),
      ]),
    ),
  }
}

/** A command that needs nothing may leave its payload out. */
function asSent(payload: z.ZodType): z.ZodType {
  return payload.safeParse({}).success ? payload.optional() : payload
}

const anyJson = z.unknown().optional().describe('Any JSON, as it was sent')

const closeReasonTypes: readonly string[] = [
  ...Object.keys(problems).map((code) => `/problems/${code}`),
  ...['kicked', 'banned', 'replaced', 'moved', 'draining', 'recovering', 'too-slow'],
]

const closeReason = z
  .object({
    type: z.enum(closeReasonTypes),
    retryAfterMs: z
      .number()
      .min(0)
      .optional()
      .describe(`With codes from ${closeCodes.serverError}: when to come back`),
    roomId: z.string().optional().describe('With `already-in-room`: where the player is'),
    since: z.number().optional().describe('With `already-in-room`: since when (epoch ms)'),
  })
  .describe('What a close says besides its code, as JSON text of at most 123 bytes')

const frame = (name: string, summary: string, example: object) => {
  return { id: name, name, title: name, summary, schema: name, example: { type: name, ...example } }
}

const clientFrames = [
  frame('command', 'Asks the room for something; the answer is an event with its `ref`, or a reject', {
    id: 'c1',
    name: 'relay',
    payload: { text: 'Hello' },
  }),
  frame('resume', 'The first frame of a client that comes back; `?since=` says the same', { since: 41 }),
  frame('renew', 'A new ticket before the old one expires', { ticket: '<ticket>' }),
  frame('hello', 'The first frame where no ticket came with the upgrade', { ticket: '<ticket>', since: 41 }),
]

const serverFrames = [
  frame('welcome', 'The first frame: who you are, the room, and who is there', firstWelcome(0, {})),
  frame(
    'event',
    'Something happened. `hidden`: something that this viewer may not see, so that gaps mean loss',
    {
      seq: 42,
      name: 'hidden',
    },
  ),
  frame('reject', 'A command was refused', {
    id: 'c1',
    problem: toProblem(new AppError('not-allowed', 'This is for the game master')),
  }),
  frame('presence', 'Somebody came, dropped out, or left', { uuid, nick: 'Торин', status: 'online' }),
  frame('expiring', 'The ticket ends soon: renew it', { inSeconds: 120 }),
  frame('renewed', 'The new ticket is good', { expiresIn: 1_800 }),
  frame('draining', 'This node is going away: come back then', { reconnectInMs: 1_500 }),
]

const relayMessages: readonly SocketMessage[] = [
  {
    ...inRoom('relay', 'welcome', 'server'),
    summary: 'A relay room keeps nothing',
    example: { type: 'welcome', ...firstWelcome(0, {}) },
  },
  {
    ...inRoom('relay', 'command.relay', 'client'),
    summary: 'Any JSON for everyone in the room',
    example: { type: 'command', id: 'c1', name: 'relay', payload: { text: 'Hello' } },
  },
  {
    ...inRoom('relay', 'event.relayed', 'server'),
    summary: 'What somebody has sent. Not journaled; the latest can be resumed from',
    example: { type: 'event', seq: 1, at, by: uuid, ref: 'c1', name: 'relayed', payload: { text: 'Hello' } },
  },
]

function tableMessages(): readonly SocketMessage[] {
  const { seq, state, events } = playExample()
  const summaries = new Map(
    tableEvents.map(({ shape }) => [shape.name.value, shape.payload.description ?? '']),
  )
  return [
    {
      ...inRoom('tabletop', 'welcome', 'server'),
      summary:
        'The table as this player may see it. Folding the events over it gives what a new welcome would say',
      example: { type: 'welcome', ...firstWelcome(seq, state) },
    },
    ...openCommands.map(({ name, summary }, index) => ({
      ...inRoom('tabletop', `command.${name}`, 'client'),
      summary,
      example: { type: 'command', id: `c${index + 1}`, name, payload: commandExamples[name] },
    })),
    ...events.map((event) => ({
      ...inRoom('tabletop', `event.${event.name}`, 'server'),
      summary: summaries.get(event.name) ?? '',
      example: { type: 'event', ...event },
    })),
  ]
}

/** The parts of the welcome of somebody who comes for the first time, alone. */
function firstWelcome(seq: number, state: unknown) {
  return { roomId, you, seq, resumed: false, state, players: [you], presentSince: at }
}

function inRoom(roomType: 'tabletop' | 'relay', what: string, from: 'client' | 'server') {
  const id = `${roomType}.${what}`
  const name = what.slice(what.indexOf('.') + 1)
  return { id, name, title: name, schema: id, roomType, from }
}
