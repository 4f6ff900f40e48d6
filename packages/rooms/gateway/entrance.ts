import { AppError, type ProblemCode } from '@innkeeper/protocol/problems'
import { closeCodes, type CloseCode } from '@innkeeper/protocol/close-codes'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import type { Directory } from '../directory/directory'
import { giveBack } from '../presence/give-back'
import type { Incumbents } from '../presence/incumbents'
import type { Presence, PresenceEntry } from '../presence/presence'
import type { Exclusion } from '../room-record'
import type { Room } from '../runtime/room'
import type { RoomHost } from '../runtime/room-host'
import type { Connection } from './connection'
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

/** Takes a socket from its credential to its seat, or closes it with the code that says why not. */
export async function enter(
  options: EntranceOptions,
  connection: Connection,
  credential: string,
): Promise<void> {
  const queue: string[] = []
  connection.phase = { kind: 'entering', credential, queue }
  const claimed: { entry?: PresenceEntry } = {}
  try {
    await seat(options, connection, claimed)
  } catch (error) {
    if (claimed.entry) await giveBack(options, claimed.entry)
    turnAway(options, connection, error)
  }
}

async function seat(
  options: EntranceOptions,
  connection: Connection,
  claimed: { entry?: PresenceEntry },
): Promise<void> {
  const { phase } = connection
  if (phase.kind !== 'entering') return
  const { credential, queue } = phase
  const { door, roomId } = connection.request
  const entry = await door.open(credential, roomId)
  if ('turned' in entry) throw turned(entry.turned, entry.problem)
  // Known from here on: a kick or a revocation that comes while the rest is awaited finds this socket.
  phase.entry = entry
  await checkWelcome(options, entry)
  const where = await options.host.find(entry.roomId)
  if (connection.isClosed) return
  if ('elsewhere' in where) {
    if (connection.request.relayedBy) throw new AppError('unavailable', 'The room has just moved')
    return options.relay(connection, {
      node: where.elsewhere,
      from: options.host.options.leases.me.nodeId,
      credential,
      queue,
    })
  }
  if (where.room.isFullFor(entry.player)) throw new AppError('room-full')
  const presence = await claim(options, connection, entry)
  claimed.entry = presence
  connection.presentSince = presence.since
  await keepNick(options.directory, entry, options.clock)
  await take(connection, { room: where.room, entry, presence })
  options.onInside(connection, queue)
}

async function take(
  connection: Connection,
  { room, entry, presence }: { room: Room; entry: Entry; presence: PresenceEntry },
): Promise<void> {
  await room.enter(entry.player, connection, connection.since)
  // The socket may have ended while an entry was being written; then its close had nothing to undo yet.
  if (connection.isClosed) {
    room.leave(entry.player.uuid, connection.connectionId, 'away')
    throw turned(closeCodes.serverError, 'unavailable')
  }
  connection.phase = { kind: 'inside', room, presence, entry, isFresh: true, isToldOfExpiry: false }
}

async function checkWelcome({ revocations, directory, clock }: EntranceOptions, entry: Entry): Promise<void> {
  const { player, signIn, issuedAt } = entry
  if (isRevoked(revocations, entry)) throw turned(closeCodes.revoked, 'session-revoked')
  const found = await directory.findFor(entry.roomId, player.uuid)
  if (!found) throw new AppError('room-not-found')
  if (isExcluded(found.exclusion, { issuedAt: issuedAt ?? clock(), nowMs: clock() })) {
    throw turned(closeCodes.revoked, signIn === undefined ? 'banned' : 'not-allowed')
  }
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

async function claim(options: EntranceOptions, connection: Connection, entry: Entry): Promise<PresenceEntry> {
  const { presence, incumbents, host } = options
  const place = {
    uuid: entry.player.uuid,
    roomId: entry.roomId,
    nodeId: host.options.leases.me.nodeId,
    connectionId: connection.connectionId,
  }
  const first = await presence.claim(place)
  if (first.kind === 'claimed') return first.entry
  const { incumbent } = first
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
