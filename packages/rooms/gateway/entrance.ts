import { AppError, type ProblemCode } from '@innkeeper/protocol/problems'
import { closeCodes, type CloseCode } from '@innkeeper/protocol/close-codes'
import { andThen, orElse, type Clock, type Log, type Random, type Soon } from '@innkeeper/protocol/tools'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import type { Directory } from '../directory/directory'
import type { NodeAddress } from '../leases/leases'
import { giveBack } from '../presence/give-back'
import type { Incumbents } from '../presence/incumbents'
import type { Place, Presence, PresenceEntry } from '../presence/presence'
import type { Exclusion } from '../room-record'
import type { RoomHost } from '../runtime/room-host'
import type { Connection, Inside, Phase } from './connection'
import type { Entry } from './door'
import { keepNick } from './keep-nick'
import type { Relay } from './relay'
import { turnAway, TurnedAway } from './turn-away'

export interface EntranceOptions {
  readonly host: RoomHost
  readonly directory: Directory
  readonly presence: Presence
  readonly incumbents: Incumbents
  readonly revocations: Revocations
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Joins the socket to the node that holds the room. */
  readonly relay: Relay
  /** Takes the frames that came while the socket was entering. */
  readonly onInside: (connection: Connection, queue: readonly string[]) => void
}

/**
 * Takes a socket from its credential to its seat, or closes it with the code that says why not. Never fails.
 *
 * Nothing is awaited that is at hand: where all of it is in memory, the welcome leaves in one packet with the answer to
 * the upgrade (docs/decisions/0023).
 */
export function enter(options: EntranceOptions, connection: Connection, credential: string): Soon<void> {
  const phase: Entering = { kind: 'entering', credential, queue: [] }
  connection.phase = phase
  const claimed: Claimed = {}
  return orElse(
    () => identify(options, { connection, phase, claimed }),
    async (error) => {
      if (claimed.entry) await giveBack(options, claimed.entry)
      turnAway(options, connection, error)
    },
  )
}

type Entering = Extract<Phase, { readonly kind: 'entering' }>

/** What has to be given back when the entry fails. */
interface Claimed {
  entry?: PresenceEntry
}

/** A socket on its way in. */
interface Arriving {
  readonly connection: Connection
  readonly phase: Entering
  readonly claimed: Claimed
}

function identify(options: EntranceOptions, arriving: Arriving): Soon<void> {
  const { connection, phase } = arriving
  const { door, roomId } = connection.request
  return andThen(door.open(phase.credential, roomId), (entry) => {
    if ('turned' in entry) throw turned(entry.turned, entry.problem)
    // Known from here on: a kick or a revocation that comes while the rest is awaited finds this socket.
    phase.entry = entry
    return andThen(checkWelcome(options, entry), () =>
      andThen(options.host.find(entry.roomId), (where) => {
        if (connection.isClosed) return
        return 'elsewhere' in where
          ? leadOn(options, arriving, where.elsewhere)
          : seat(options, arriving, { room: where.room, entry })
      }),
    )
  })
}

function leadOn(options: EntranceOptions, { connection, phase }: Arriving, node: NodeAddress): void {
  if (connection.request.relayedBy) throw new AppError('unavailable', 'The room has just moved')
  const { credential, queue } = phase
  options.relay(connection, { node, from: options.host.options.leases.me.nodeId, credential, queue })
}

function seat(
  options: EntranceOptions,
  { connection, phase, claimed }: Arriving,
  { room, entry }: Pick<Inside, 'room' | 'entry'>,
): Soon<void> {
  if (room.isFullFor(entry.player)) throw new AppError('room-full')
  return andThen(claim(options, connection, entry), (presence) => {
    claimed.entry = presence
    connection.presentSince = presence.since
    return andThen(keepNick(options.directory, entry, options.clock), () =>
      andThen(room.enter(entry.player, connection, connection.since), () => {
        goIn(connection, { room, entry, presence })
        options.onInside(connection, phase.queue)
      }),
    )
  })
}

function goIn(connection: Connection, inside: Pick<Inside, 'room' | 'entry' | 'presence'>): void {
  const { room, entry } = inside
  // The socket may have ended while an entry was being written; then its close had nothing to undo yet.
  if (connection.isClosed) {
    room.leave(entry.player.uuid, connection.connectionId, 'away')
    throw turned(closeCodes.serverError, 'unavailable')
  }
  connection.phase = { kind: 'inside', ...inside, isFresh: true, isToldOfExpiry: false }
}

function checkWelcome({ revocations, directory, clock }: EntranceOptions, entry: Entry): Soon<void> {
  const { player, signIn, issuedAt } = entry
  if (isRevoked(revocations, entry)) throw turned(closeCodes.revoked, 'session-revoked')
  return andThen(directory.findFor(entry.roomId, player.uuid), (found) => {
    if (!found) throw new AppError('room-not-found')
    if (isExcluded(found.exclusion, { issuedAt: issuedAt ?? clock(), nowMs: clock() })) {
      throw turned(closeCodes.revoked, signIn === undefined ? 'banned' : 'not-allowed')
    }
  })
}

/** @returns whether the sign-in behind this entry, or the player, has been revoked since */
export function isRevoked(revocations: Revocations, { player, signIn, issuedAt }: Entry): boolean {
  if (signIn === undefined) return false
  return revocations.isRevoked({ sid: signIn, uuid: player.uuid, iat: Math.floor((issuedAt ?? 0) / 1_000) })
}

function isExcluded(exclusion: Exclusion | undefined, at: { issuedAt: number; nowMs: number }): boolean {
  if (exclusion === undefined) return false
  return (exclusion.bannedUntil ?? 0) > at.nowMs || (exclusion.ticketsAfter ?? -1) >= at.issuedAt
}

function claim(options: EntranceOptions, connection: Connection, entry: Entry): Soon<PresenceEntry> {
  const place = {
    uuid: entry.player.uuid,
    roomId: entry.roomId,
    nodeId: options.host.options.leases.me.nodeId,
    connectionId: connection.connectionId,
  }
  return andThen(options.presence.claim(place), (first) =>
    first.kind === 'claimed'
      ? first.entry
      : takeOver(options, connection, { place, incumbent: first.incumbent }),
  )
}

async function takeOver(
  { presence, incumbents }: EntranceOptions,
  connection: Connection,
  { place, incumbent }: { readonly place: Place; readonly incumbent: PresenceEntry },
): Promise<PresenceEntry> {
  if (!connection.request.takeover && (await incumbents.isAlive(incumbent))) throw takenBy(incumbent)
  // Nobody is replaced, and nothing claimed, for a socket that has gone away while it waited.
  if (connection.isClosed) throw turned(closeCodes.serverError, 'unavailable')
  await incumbents.dismiss(incumbent, 'replaced')
  const second = await presence.claim(place, incumbent.connectionId)
  if (second.kind === 'claimed') return second.entry
  throw takenBy(second.incumbent) // Another rival was faster.
}

function takenBy({ roomId, since }: PresenceEntry): TurnedAway {
  return new TurnedAway(closeCodes.alreadyConnected, { type: '/problems/already-in-room', roomId, since })
}

function turned(code: CloseCode, problem: ProblemCode): TurnedAway {
  return new TurnedAway(code, { type: `/problems/${problem}` })
}
