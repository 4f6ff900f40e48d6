import {
  parsePlayerUuid,
  parseRoomId,
  type PlayerUuid,
  type RoomId,
  type SignInId,
} from '@innkeeper/protocol/ids'
import type { Random } from '@innkeeper/protocol/tools'
import { toBase64url } from './base64url'
import { hasExactClaims, isClaimText, parseTimes, type TokenTimes } from './claims'
import { openJws, verifyMacJws, writeHeader } from './jws'
import { createMacKey, type MacKey } from './mac'
import { parseStrictObject } from './strict-json'

/** What a room ticket says. Times in seconds since the epoch. */
export interface TicketClaims extends TokenTimes {
  readonly uuid: PlayerUuid
  readonly nick: string
  readonly roomID: RoomId
  /** The sign-in that asked for the ticket; a guest has none. */
  readonly sid?: SignInId
  readonly jti: string
}

/** One key of a room's ring. A rotation adds the next generation. */
export interface RoomKey {
  /** `<roomId>.<generation>` */
  readonly kid: string
  /** 32 bytes. */
  readonly secret: Uint8Array
}

/** `wrong-room`: it is, or claims to be, for another room. `invalid`: forged, malformed, expired, or its key is gone. */
export type TicketVerdict =
  | { readonly ok: true; readonly claims: TicketClaims }
  | { readonly ok: false; readonly reason: 'invalid' | 'wrong-room' }

const algorithm = 'HS256'
const type = 'ticket+jwt'
const lifetimeSeconds = 30 * 60
const secretBytes = 32
const form = { algorithm, types: [type] }
const requiredClaims = ['iss', 'aud', 'uuid', 'nick', 'roomID', 'jti', 'iat', 'exp'] as const
const optionalClaims = ['sid'] as const

interface PreparedKey {
  readonly mac: MacKey
  readonly header: string
}

// Kept by the key object: a ring that is asked thousands of times a second imports its secrets once, and a key that
// left its ring leaves memory with it.
const prepared = new WeakMap<RoomKey, PreparedKey>()

/** A guest's ticket of this process: what was signed, and with which key. */
interface WrittenTicket {
  readonly text: string
  readonly key: RoomKey
  readonly issuer: string
  readonly claims: TicketClaims
}

const places = 2_048
/**
 * Guests' tickets that this process wrote lately. Nearly all of them come back within a second, to open a socket here;
 * their signature need not be checked by whoever made it, nor their text be read (docs/decisions/0023). Each has one
 * place, by its signature, and the next one of that place puts it out; whoever is not found is read.
 */
const written: (WrittenTicket | undefined)[] = Array.from({ length: places })

/** Makes the key that signs a room's tickets from now on. */
export function createRoomKey(roomId: RoomId, generation: number, random: Random): RoomKey {
  return { kid: `${roomId}.${generation}`, secret: random.bytes(secretBytes) }
}

/**
 * Issues a ticket for one room.
 *
 * @param ticket.jti  the ticket's id; a UUIDv7 tells when it was issued, to the millisecond
 * @returns the ticket, and the seconds until it ends (1800)
 */
export function issueTicket(ticket: {
  readonly issuer: string
  readonly key: RoomKey
  readonly uuid: PlayerUuid
  readonly nick: string
  readonly roomId: RoomId
  /** Undefined for a guest. */
  readonly sid?: SignInId | undefined
  readonly jti: string
  readonly nowMs: number
}): { readonly ticket: string; readonly expiresIn: number } {
  const { issuer: iss, key, uuid, nick, roomId: roomID, sid, jti } = ticket
  const iat = Math.floor(ticket.nowMs / 1000)
  const exp = iat + lifetimeSeconds
  const { mac, header } = prepare(key)
  // JSON leaves an undefined `sid` out.
  const payload = { iss, aud: audienceOf(roomID), uuid, nick, roomID, sid, jti, iat, exp }
  const signingInput = header + toBase64url(JSON.stringify(payload))
  const signature = mac.sign(signingInput)
  const text = `${signingInput}.${signature}`
  if (sid === undefined)
    written[placeOf(signature)] = { text, key, issuer: iss, claims: { uuid, nick, roomID, jti, iat, exp } }
  return { ticket: text, expiresIn: lifetimeSeconds }
}

/** Where a ticket is shown: the room, as it is now. */
interface AtRoom {
  readonly issuer: string
  readonly roomId: RoomId
  readonly keys: readonly RoomKey[]
  readonly nowMs: number
}

/**
 * Checks a ticket for the room `roomId`, whose key ring is `keys`. Revocation is not looked at. One that this process
 * wrote for a guest is known by its text, and answered as if it had been read.
 *
 * @returns the claims, or which of the two refusals it is; the bearer learns no more than that
 */
export function verifyTicket(ticket: string, room: AtRoom): TicketVerdict {
  const own = written[placeOf(ticket)]
  if (own?.text === ticket && isGoodAt(own, room)) return { ok: true, claims: own.claims }
  const jws = verifyMacJws(ticket, form, ({ keyId }) => {
    const key = room.keys.find(({ kid }) => kid === keyId)
    return key && prepare(key).mac
  })
  if (jws === 'key-unknown') return refuse(namesAnotherRoom(ticket, room.roomId) ? 'wrong-room' : 'invalid')
  if (typeof jws === 'string') return refuse('invalid')
  return parseTicketClaims(jws.payload, room)
}

/** @param text  ends with a signature. @returns eleven of its bits */
function placeOf(text: string): number {
  return ((text.charCodeAt(text.length - 3) << 6) ^ text.charCodeAt(text.length - 2)) & (places - 1)
}

/** @returns whether a reading of this ticket would end well too; whatever else it would say is left to the reading */
function isGoodAt({ key, issuer, claims }: WrittenTicket, room: AtRoom): boolean {
  const { nick, roomID, jti, iat, exp } = claims
  return (
    // The very object: another secret under the same name is another key.
    room.keys.includes(key) &&
    roomID === room.roomId &&
    issuer === room.issuer &&
    parseTimes({ iat, exp }, room.nowMs, lifetimeSeconds) !== undefined &&
    isClaimText(nick) &&
    isClaimText(jti)
  )
}

function parseTicketClaims(bytes: Uint8Array, room: AtRoom): TicketVerdict {
  const payload = parseStrictObject(bytes)
  if (!payload || !hasExactClaims(payload, requiredClaims, optionalClaims)) return refuse('invalid')
  const { iss, aud, nick, roomID, sid, jti } = payload
  const times = parseTimes(payload, room.nowMs, lifetimeSeconds)
  const uuid = parsePlayerUuid(payload['uuid'])
  if (iss !== room.issuer || !times || uuid === undefined || !isClaimText(nick) || !isClaimText(jti))
    return refuse('invalid')
  if (Object.hasOwn(payload, 'sid') && !isClaimText(sid)) return refuse('invalid')
  if (typeof aud !== 'string' || parseRoomId(roomID) === undefined) return refuse('invalid')
  if (roomID !== room.roomId || aud !== audienceOf(room.roomId)) return refuse('wrong-room')
  const claims = { uuid, nick, roomID: room.roomId, jti, ...times }
  return { ok: true, claims: isClaimText(sid) ? { ...claims, sid: sid as SignInId } : claims }
}

/** Asked only to choose between two refusals, so an unverified header may answer. */
function namesAnotherRoom(ticket: string, roomId: RoomId): boolean {
  const opened = openJws(ticket, form)
  if (typeof opened === 'string') return false
  const dot = opened.keyId.lastIndexOf('.')
  const named = dot < 0 ? undefined : parseRoomId(opened.keyId.slice(0, dot))
  return named !== undefined && named !== roomId
}

function prepare(key: RoomKey): PreparedKey {
  const known = prepared.get(key)
  if (known) return known
  const fresh = { mac: createMacKey(algorithm, key.secret), header: writeHeader(algorithm, type, key.kid) }
  prepared.set(key, fresh)
  return fresh
}

function audienceOf(roomId: RoomId): string {
  return `room:${roomId}`
}

function refuse(reason: 'invalid' | 'wrong-room'): TicketVerdict {
  return { ok: false, reason }
}
