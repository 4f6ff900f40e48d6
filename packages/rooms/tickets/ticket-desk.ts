import { AppError } from '@innkeeper/protocol/problems'
import type { PlayerUuid, RoomId, SignInId } from '@innkeeper/protocol/ids'
import { andThen, type Clock, type Random, type Soon } from '@innkeeper/protocol/tools'
import { disambiguate, guestUuid } from '@innkeeper/names/guests'
import { guestNames } from '@innkeeper/names/reserved-names'
import { requireName, type Name } from '@innkeeper/names/names'
import { skeleton } from '@innkeeper/names/skeleton'
import { issueTicket } from '@innkeeper/tokens/ticket-tokens'
import type { Directory } from '../directory/directory'
import type { Leases } from '../leases/leases'
import type { Incumbents } from '../presence/incumbents'
import type { Presence } from '../presence/presence'
import type { Exclusion, KnownRoom } from '../room-record'
import type { TicketAnswer } from './ticket-answer'
import { createTicketId } from './ticket-id'

/** Who a verified token belongs to. */
export interface Holder {
  readonly uuid: PlayerUuid
  readonly nick: string
  readonly signIn: SignInId
  /** A seat's token opens the room of its session and no other. */
  readonly onlyRoom?: RoomId
}

/** Verifies a token of any family that may ask for a ticket. @throws AppError `token-invalid` */
export type Authenticate = (token: string) => Soon<Holder>

export interface TicketDesk {
  /**
   * @param wantsToMove  whether to leave the other room first, instead of being refused: asked of whoever is in one
   * @throws AppError `room-not-found` | `banned` | `not-allowed` | `room-full` | `already-in-room`
   */
  issueTo(holder: Holder, roomId: RoomId, wantsToMove: () => boolean): Soon<TicketAnswer>
  /** @throws AppError `name-refused` | `room-not-found` | `guests-not-allowed` | `room-full` */
  issueToGuest(username: unknown, roomId: RoomId): Soon<TicketAnswer>
  /**
   * A new ticket for a guest who is inside: nobody else could vouch for them.
   *
   * @throws AppError `guests-not-allowed` to a watcher, who has to ask again where the first ticket came from
   */
  renewGuest(
    player: { readonly uuid: PlayerUuid; readonly nick: string },
    roomId: RoomId,
  ): Promise<TicketAnswer>
}

export interface TicketDeskOptions {
  readonly issuer: string
  readonly directory: Directory
  readonly presence: Presence
  readonly incumbents: Incumbents
  readonly leases: Leases
  /** Players in a room that is open on this node: newer than what the directory was last told. */
  readonly sizeHere: (roomId: RoomId) => number | undefined
  readonly clock: Clock
  readonly random: Random
}

const ticketLifeMs = 30 * 60 * 1_000

/** Hands out the keys to rooms, after asking, in this order: room, ban, admission, capacity, presence. */
export function createTicketDesk(options: TicketDeskOptions): TicketDesk {
  const { directory, presence, clock } = options
  return {
    issueTo(holder, roomId, wantsToMove) {
      return andThen(directory.findFor(roomId, holder.uuid), (found) => {
        const { room, exclusion } = requireKnown(found)
        checkBan(exclusion, clock())
        checkAdmission(room, holder)
        return andThen(presence.find(holder.uuid), (place) => {
          if (place?.roomId === roomId) return writeTicket(options, room, holder)
          checkCapacity(options, room)
          if (place === undefined) return writeTicket(options, room, holder)
          return andThen(leaveOther(options, place, wantsToMove()), () => writeTicket(options, room, holder))
        })
      })
    },
    issueToGuest(username, roomId) {
      const name = requireName(username, { reserved: guestNames })
      return andThen(directory.find(roomId), (found) => {
        const room = requireKnown(found)
        checkGuests(room)
        checkCapacity(options, room)
        return andThen(nameGuest(options, name, roomId), (guest) => writeTicket(options, room, guest))
      })
    },
    async renewGuest(player, roomId) {
      const { room, exclusion } = requireKnown(await directory.findFor(roomId, player.uuid))
      checkBan(exclusion, clock())
      if (room.record.admission === 'seats') throw new AppError('guests-not-allowed')
      await directory.holdNick(roomId, skeleton(player.nick), {
        uuid: player.uuid,
        untilMs: clock() + ticketLifeMs,
      })
      return await writeTicket(options, room, player)
    },
  }
}

function requireKnown<Found>(found: Found | undefined): Found {
  if (!found) throw new AppError('room-not-found')
  return found
}

function checkBan(exclusion: Exclusion | undefined, nowMs: number): void {
  const until = exclusion?.bannedUntil
  if (until !== undefined && until > nowMs) throw new AppError('banned', 'Banned from this room', { until })
}

function checkAdmission({ record }: KnownRoom, { onlyRoom }: Holder): void {
  const hasSeat = onlyRoom === record.id
  if (hasSeat || (onlyRoom === undefined && record.admission === 'anyone')) return
  throw new AppError('not-allowed', 'This room is for those who hold a seat in it')
}

function checkGuests({ record: { guests, ranked, admission } }: KnownRoom): void {
  if (!guests || ranked || admission === 'seats') throw new AppError('guests-not-allowed')
}

function checkCapacity({ sizeHere }: TicketDeskOptions, { record, players: lastSaid }: KnownRoom): void {
  const players = sizeHere(record.id) ?? lastSaid
  if (players >= record.maxPlayers)
    throw new AppError('room-full', `Players: ${players} of ${record.maxPlayers}`)
}

async function leaveOther(
  { presence, incumbents }: TicketDeskOptions,
  place: NonNullable<Awaited<ReturnType<Presence['find']>>>,
  move: boolean,
): Promise<void> {
  if (move) await incumbents.dismiss(place, 'moved')
  else if (await incumbents.isAlive(place)) {
    const { roomId, since } = place
    throw new AppError('already-in-room', 'Leave that room first, or ask with ?move=true', { roomId, since })
  }
  await presence.release(place.uuid, place.connectionId)
}

/** @returns a new guest, under a name that nobody in the room looks like; it is held as long as their ticket */
export function nameGuest(
  { directory, clock, random }: Pick<TicketDeskOptions, 'directory' | 'clock' | 'random'>,
  wanted: Name,
  roomId: RoomId,
): Soon<{ uuid: PlayerUuid; nick: string }> {
  const uuid = guestUuid(wanted.name, random)
  const taken = new Set<string>()
  const take = (free: Name): Soon<{ uuid: PlayerUuid; nick: string }> => {
    const hold = { uuid, untilMs: clock() + ticketLifeMs }
    return andThen(directory.holdNick(roomId, free.skeleton, hold), (isHeld) => {
      if (isHeld) return { uuid, nick: free.name }
      taken.add(free.skeleton)
      const name = disambiguate(wanted.name, taken, { random })
      return take({ name, skeleton: skeleton(name) })
    })
  }
  return take(wanted)
}

/** Writes a ticket for somebody who may have it, to the node that holds the room; one that is open nowhere opens here. */
export function writeTicket(
  options: Pick<TicketDeskOptions, 'issuer' | 'leases' | 'clock' | 'random'>,
  { record, keys }: KnownRoom,
  { uuid, nick, signIn }: Pick<Holder, 'uuid' | 'nick'> & { readonly signIn?: SignInId },
): Soon<TicketAnswer> {
  const { issuer, leases, clock, random } = options
  return andThen(leases.holder(record.id), (node = leases.me) => {
    const [key] = keys
    if (!key) throw new Error(`Room ${record.id} has no key`)
    const nowMs = clock()
    const { ticket, expiresIn } = issueTicket({
      issuer,
      key,
      uuid,
      nick,
      roomId: record.id,
      sid: signIn,
      jti: createTicketId(nowMs, random),
      nowMs,
    })
    return { ticket, url: socketUrl(node.url, record.id), expiresIn, player: { uuid, nick } }
  })
}

/** `http:` becomes `ws:`, `https:` becomes `wss:`. */
function socketUrl(nodeUrl: string, roomId: RoomId): string {
  return `ws${nodeUrl.slice('http'.length)}/enterRoom/${roomId}`
}
