import { z } from '@hono/zod-openapi'
import { limits } from '@innkeeper/protocol/limits'

/** Bodies and answers of the room routes: what they are validated with is what /openapi.json says. */
export const newRoomBody = z
  .strictObject({
    type: z.string().max(64).openapi({ example: 'relay' }),
    name: z.string().max(1_000).openapi({ example: 'Friday night' }),
    guests: z.boolean().default(false),
    ranked: z.boolean().default(false).openapi({ description: 'A ranked room never admits guests' }),
    listed: z.boolean().default(true),
    maxPlayers: z.number().int().min(1).max(limits.roomPlayersMax).default(limits.roomPlayersDefault),
    options: z.unknown().optional().openapi({ type: 'object', description: 'What the room type asks for' }),
  })
  .openapi('NewRoom')

export const roomAnswer = z
  .object({
    roomId: z.string(),
    type: z.string(),
    name: z.string(),
    owner: z.string(),
    guests: z.boolean(),
    ranked: z.boolean(),
    listed: z.boolean(),
    maxPlayers: z.number().int(),
    players: z.number().int(),
    createdAt: z.number().openapi({ description: 'Epoch ms' }),
  })
  .openapi('Room')

export const roomListAnswer = z
  .object({
    rooms: z.array(roomAnswer),
    cursor: z.string().optional().openapi({ description: 'Hand it back for the next page' }),
  })
  .openapi('RoomList')

export const playerBody = z.strictObject({ uuid: z.string().min(1).max(128) }).openapi('PlayerReference')
export const banBody = z
  .strictObject({
    uuid: z.string().min(1).max(128),
    minutes: z
      .number()
      .int()
      .min(1)
      .max(limits.banMinutesMax)
      .optional()
      .openapi({ description: 'Absent: a year' }),
  })
  .openapi('Ban')
export const rotateKeyBody = z
  .strictObject({
    graceSeconds: z
      .number()
      .int()
      .min(0)
      .max(1_800)
      .default(0)
      .openapi({ description: 'How long tickets of the old key stay good' }),
  })
  .openapi('RotateKey')

export const guestBody = z.object({ username: z.unknown() }).openapi('Guest')
export const ticketAnswer = z
  .object({
    ticket: z.string().openapi({ description: 'A JWT for exactly this room' }),
    url: z.string().openapi({ description: 'Where the node that holds the room takes sockets' }),
    expiresIn: z.number().int().openapi({ description: 'Seconds' }),
    player: z.object({ uuid: z.string(), nick: z.string() }),
  })
  .openapi('Ticket')
