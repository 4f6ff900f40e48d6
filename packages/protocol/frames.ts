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
export type CommandFrame = z.infer<typeof commandFrame> & {
  /** The payload as its sender wrote it, where that is at hand; then nothing in the id and the name needs escaping. */
  readonly payloadText?: string
}
export type ClientFrame = CommandFrame | Exclude<z.infer<typeof clientFrame>, { readonly type: 'command' }>

/**
 * Reads a client's frame as it came off the wire.
 *
 * @returns undefined when it is no frame
 */
export function parseClientFrame(text: string): ClientFrame | undefined {
  return plainCommand.test(text) ? (parsePlainCommand(text) ?? parseAnyFrame(text)) : parseAnyFrame(text)
}

/**
 * How `JSON.stringify({ type, id, name, payload })` begins, with nothing in the id and the name that would have to be
 * unescaped. Games send little else, and thousands of times a second: cut at its quotes, such a frame costs half of
 * what parsing it as a whole does, and its payload is at hand as text. A property test keeps it in step with the rest.
 */
const plainCommand = new RegExp(
  `^\\{"type":"command","id":"[ !#-[\\]-~]{1,${limits.commandIdChars}}",` +
    `"name":"[ !#-[\\]-~]{1,${limits.commandNameChars}}","payload":`,
)
const idAt = '{"type":"command","id":"'.length
const idToName = '","name":"'.length
const nameToPayload = '","payload":'.length

/** @param text  begins like a plain command. @returns undefined when it does not go on like one */
function parsePlainCommand(text: string): CommandFrame | undefined {
  if (!text.endsWith('}')) return undefined
  const idEnd = text.indexOf('"', idAt)
  const nameEnd = text.indexOf('"', idEnd + idToName)
  const payloadText = text.slice(nameEnd + nameToPayload, -1)
  const payload = parseJson(payloadText)
  if (payload === undefined) return undefined
  const id = text.slice(idAt, idEnd)
  const name = text.slice(idEnd + idToName, nameEnd)
  return { type: 'command', id, name, payload, payloadText }
}

function parseAnyFrame(text: string): ClientFrame | undefined {
  const value = parseJson(text)
  return isCommandFrame(value) ? value : clientFrame.safeParse(value).data
}

/** @returns undefined when it is no JSON */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The schema's `command`, by hand: a tenth of the cost. A property test keeps the two in step. */
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
  /**
   * Epoch ms: when this socket became the player's presence. A 4409 that names the same moment speaks of this very
   * socket, so whoever has given it up may take over without asking.
   */
  readonly presentSince: number
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
