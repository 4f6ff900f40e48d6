import { z } from 'zod'
import type { ServerFrame } from './frames'

/**
 * What the server sends, as schemas: for the AsyncAPI document, and for clients that want to check. They are apart
 * from the types because the server itself never parses its own frames.
 */
const player = z.object({ uuid: z.string(), nick: z.string(), role: z.string() })
const seq = z.int().min(0).describe('Grows by one per event of the room')

const problem = z.looseObject({
  type: z.string().startsWith('/problems/'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
})

const welcome = z
  .object({
    type: z.literal('welcome'),
    roomId: z.string(),
    you: player,
    seq,
    resumed: z.boolean().describe('True: no state, the missed events follow'),
    state: z.unknown().optional().describe('The room as this player may see it'),
    players: z.array(player).describe('Who is connected'),
    presentSince: z
      .number()
      .describe('Epoch ms: when you became present by this socket; a 4409 that says the same is about it'),
  })
  .meta({
    title: 'welcome',
    description:
      'The first frame; and again, with a state, when the player gets another role while connected',
  })

const event = z
  .object({
    type: z.literal('event'),
    seq,
    at: z.number().optional().describe('Epoch ms'),
    by: z.string().optional(),
    ref: z
      .string()
      .optional()
      .describe('The id of the command; for its sender the event is the acknowledgement'),
    name: z.string().describe('`hidden`: something happened that this viewer may not see'),
    payload: z.unknown().optional(),
  })
  .meta({ title: 'event' })

/** One frame of the server. */
export const serverFrame = z.discriminatedUnion('type', [
  welcome,
  event,
  z.object({ type: z.literal('reject'), id: z.string(), problem }).meta({ title: 'reject' }),
  z
    .object({
      type: z.literal('presence'),
      uuid: z.string(),
      nick: z.string(),
      status: z.enum(['online', 'away', 'left']),
    })
    .meta({ title: 'presence' }),
  z.object({ type: z.literal('expiring'), inSeconds: z.number() }).meta({ title: 'expiring' }),
  z
    .object({ type: z.literal('renewed'), expiresIn: z.number(), ticket: z.string().optional() })
    .meta({ title: 'renewed' }),
  z.object({ type: z.literal('draining'), reconnectInMs: z.number() }).meta({ title: 'draining' }),
])

/** Fails to compile when the schemas and the types say different things. */
export type ServerFrameMatches = ServerFrame['type'] extends z.infer<typeof serverFrame>['type']
  ? true
  : never
