import type { Clock } from '@innkeeper/protocol/tools'
import { verifyTicket } from '@innkeeper/tokens/ticket-tokens'
import { closeCodes } from '@innkeeper/protocol/close-codes'
import type { Directory } from '../directory/directory'
import { liveKeys } from '../room-record'
import { issuedAtMs } from '../tickets/ticket-id'
import type { Door } from './door'

/** `/enterRoom/:roomId`: a ticket, verified with the keys of the room that the address names. */
export function createTicketDoor({
  directory,
  issuer,
  clock,
}: {
  directory: Directory
  issuer: string
  clock: Clock
}): Door {
  return {
    async open(credential, roomId) {
      const room = roomId && (await directory.find(roomId))
      if (!room) return { turned: closeCodes.roomClosed, problem: 'room-not-found' }
      const nowMs = clock()
      const verdict = verifyTicket(credential, {
        issuer,
        roomId: room.record.id,
        keys: liveKeys(room, nowMs),
        nowMs,
      })
      if (!verdict.ok) {
        return verdict.reason === 'wrong-room'
          ? { turned: closeCodes.revoked, problem: 'not-allowed' }
          : { turned: closeCodes.ticketInvalid, problem: 'token-invalid' }
      }
      const { uuid, nick, sid, jti, exp } = verdict.claims
      const entry = {
        roomId: room.record.id,
        player: { uuid, nick },
        issuedAt: issuedAtMs(jti),
        expiresAt: exp * 1_000,
      }
      return sid === undefined ? entry : { ...entry, signIn: sid }
    },
  }
}
