import type { PlayerUuid, RoomId, SignInId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Clock } from '@innkeeper/protocol/tools'
import { notePlay } from './seats/note-play'
import type { SeatedPlayer, Seats } from './seats/seats'
import type { SignIns } from './sign-ins'

/** Who an access token belongs to: enough for a ticket to the one room that the seat is in. */
export interface SeatHolder extends SeatedPlayer {
  readonly uuid: PlayerUuid
  readonly nick: string
  readonly signIn: SignInId
  /** A seat's token opens the room of its session and no other. */
  readonly onlyRoom: RoomId
}

/** Verifies access tokens for REST and for tickets alike. */
export interface SessionAuthenticator {
  /** @throws AppError `token-invalid`: bad, expired, revoked, or its table is closed */
  authenticate(accessToken: string): Promise<SeatHolder>
  /** This seat has changed: what is remembered of it here is no longer true. */
  forget(uuid: PlayerUuid): void
}

/** Another node's changes are noticed this late. A seat that ends loses its tokens at once, on every node. */
const rememberMs = 10_000
const rememberedSeats = 10_000

/** Seats are remembered for ten seconds, so that a request costs no query. */
export function createSessionAuthenticator({
  seats,
  signIns,
  clock,
}: {
  readonly seats: Seats
  readonly signIns: SignIns
  readonly clock: Clock
}): SessionAuthenticator {
  const recent = new Map<PlayerUuid, { readonly player: SeatedPlayer; readonly untilMs: number }>()

  async function load(uuid: PlayerUuid): Promise<SeatedPlayer | undefined> {
    const remembered = recent.get(uuid)
    if (remembered !== undefined && clock() < remembered.untilMs) return remembered.player
    const player = await seats.load(uuid)
    if (player === undefined) return undefined
    remember(uuid, player)
    await notePlay({ seats, clock }, player.seat)
    return player
  }

  function remember(uuid: PlayerUuid, player: SeatedPlayer): void {
    recent.delete(uuid)
    // A map keeps the order of insertion, so the first one is the one that was loaded longest ago.
    const [oldest] = recent.size < rememberedSeats ? [] : recent.keys()
    if (oldest !== undefined) recent.delete(oldest)
    recent.set(uuid, { player, untilMs: clock() + rememberMs })
  }

  return {
    forget(uuid) {
      recent.delete(uuid)
    },
    async authenticate(accessToken) {
      const { sub: uuid, sid: signIn } = await signIns.check(accessToken)
      const player = await load(uuid)
      if (player === undefined || player.session.closedAt !== undefined) throw new AppError('token-invalid')
      return { ...player, uuid, nick: player.seat.name, signIn, onlyRoom: player.session.id }
    },
  }
}
