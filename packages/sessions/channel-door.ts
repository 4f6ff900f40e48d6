import { closeCodes } from '@innkeeper/protocol/close-codes'
import type { Clock } from '@innkeeper/protocol/tools'
import type { Door, Turned } from '@innkeeper/rooms/gateway/door'
import { notePlay } from './seats/note-play'
import type { Seats } from './seats/seats'
import { hashSecret } from './secret-hash'
import type { SignIns } from './sign-ins'

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** `/ws?token=`: a seat's channel token, good as long as its sign-in. */
export function createChannelDoor({
  seats,
  signIns,
  clock,
}: {
  readonly seats: Seats
  readonly signIns: SignIns
  readonly clock: Clock
}): Door {
  return {
    async open(credential) {
      if (!uuid4.test(credential)) return unknown
      const holder = await seats.findByChannel(hashSecret(credential))
      if (holder === undefined) return unknown
      const { seat, session, channel } = holder
      const { signIn, issuedAt } = channel
      if (session.closedAt !== undefined) return { turned: closeCodes.roomClosed, problem: 'room-not-found' }
      if (!(await signIns.isAlive(seat.uuid, signIn))) return unknown
      await notePlay({ seats, clock }, seat)
      const player = { uuid: seat.uuid, nick: seat.name, role: seat.role }
      return { roomId: session.id, player, signIn, issuedAt }
    },
  }
}

const unknown: Turned = { turned: closeCodes.ticketInvalid, problem: 'token-invalid' }
