import { closeCodes } from '@innkeeper/protocol/close-codes'
import type { Door, Turned } from '@innkeeper/rooms/gateway/door'
import type { Seats } from './seats/seats'
import { hashSecret } from './secret-hash'
import type { SignIns } from './sign-ins'

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** `/ws?token=`: a seat's channel token, good as long as its sign-in. */
export function createChannelDoor({
  seats,
  signIns,
}: {
  readonly seats: Seats
  readonly signIns: SignIns
}): Door {
  return {
    async open(credential) {
      if (!uuid4.test(credential)) return unknown
      const holder = await seats.findByChannel(hashSecret(credential))
      if (holder === undefined) return unknown
      const { seat, session, signIn, channelIssuedAt: issuedAt } = holder
      if (session.closedAt !== undefined) return { turned: closeCodes.roomClosed, problem: 'room-not-found' }
      if (!(await signIns.isAlive(seat.uuid, signIn))) return unknown
      const player = { uuid: seat.uuid, nick: seat.name, role: seat.role }
      return { roomId: session.id, player, signIn, issuedAt }
    },
  }
}

const unknown: Turned = { turned: closeCodes.ticketInvalid, problem: 'token-invalid' }
