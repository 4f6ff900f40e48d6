import { z } from 'zod'
import { limits } from './limits'
import type { Problem } from './problems'

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const commandFrame = z.strictObject({
  type: z.literal('command'),
  id: z
    .string()
    .min(1)
    .max(limits.commandIdChars)
    .describe('Chosen by the client; comes back as `ref` or in a reject'),
  name: z.string().min(1).max(limits.commandNameChars),
  // Not z.json(): the frame came out of JSON.parse, so it is JSON already, and this runs for every message.
  payload: z.unknown().optional(),
})
const sinceField = z.number().int().min(0).describe('The last `seq` that the client has seen')
const resumeFrame = z.strictObject({ type: z.literal('resume'), since: sinceField })
const renewFrame = z.strictObject({
  type: z.literal('renew'),
  ticket: z
    .string()
    .max(limits.tokenChars)
    .optional()
    .describe(
      'A new ticket of the same player and room. A guest, who cannot fetch one, leaves it out and is sent one',
    ),
})
const helloFrame = z.strictObject({
  type: z.literal('hello'),
  ticket: z.string().max(limits.tokenChars),
  since: sinceField.optional(),
})

/** What a client may send. `resume` only as the first frame, `hello` only where no ticket came with the upgrade. */
export const clientFrame = z.discriminatedUnion('type', [commandFrame, resumeFrame, renewFrame, helloFrame])
export type ClientFrame = z.infer<typeof clientFrame>
export type CommandFrame = z.infer<typeof commandFrame>

/**
 * Reads what `JSON.parse` made of a client's frame.
 *
 * @returns undefined when it is no frame
 */
export function parseClientFrame(value: unknown): ClientFrame | undefined {
  return isCommandFrame(value) ? value : clientFrame.safeParse(value).data
}

/**
 * The schema's `command`, by hand: this runs for every message of a game, and costs a tenth of the schema. A property
 * test keeps the two in step.
 */
function isCommandFrame(value: unknown): value is CommandFrame {
  if (typeof value !== 'object' || value === null) return false
  if (!('type' in value && value.type === 'command' && 'id' in value && 'name' in value)) return false
  const { id, name } = value
  if (typeof id !== 'string' || typeof name !== 'string') return false
  if (id.length < 1 || id.length > limits.commandIdChars) return false
  if (name.length < 1 || name.length > limits.commandNameChars) return false
  for (const key in value) {
    if (key !== 'type' && key !== 'id' && key !== 'name' && key !== 'payload') return false
  }
  return true
}

/** Someone in the room, as the others may know them. */
export interface PlayerInfo {
  readonly uuid: string
  readonly nick: string
  readonly role: string
}

export interface WelcomeFrame {
  readonly type: 'welcome'
  readonly roomId: string
  readonly you: PlayerInfo
  readonly seq: number
  readonly resumed: boolean
  /** The room as this player may see it; absent when `resumed`: the missed events follow. */
  readonly state?: unknown
  readonly players: readonly PlayerInfo[]
}

/** One thing that happened. What a viewer may not see arrives as `{type, seq, name: 'hidden'}` alone. */
export interface EventFrame {
  readonly type: 'event'
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly at?: number
  readonly by?: string
  /** The command's id: for its sender (`by` is theirs) this event is the acknowledgement. */
  readonly ref?: string
  readonly name: string
  readonly payload?: unknown
}

export interface RejectFrame {
  readonly type: 'reject'
  readonly id: string
  readonly problem: Problem
}

export type PresenceStatus = 'online' | 'away' | 'left'

export type ServerFrame =
  | WelcomeFrame
  | EventFrame
  | RejectFrame
  | {
      readonly type: 'presence'
      readonly uuid: string
      readonly nick: string
      readonly status: PresenceStatus
    }
  | { readonly type: 'expiring'; readonly inSeconds: number }
  | { readonly type: 'renewed'; readonly expiresIn: number; readonly ticket?: string }
  | { readonly type: 'draining'; readonly reconnectInMs: number }

/** The subprotocol that the server answers with, and what a browser puts before its ticket. */
export const subprotocol = 'innkeeper.v1'
export const ticketSubprotocolPrefix = 'ticket.'
