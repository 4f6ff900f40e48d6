import { andThen, type Clock } from '@innkeeper/protocol/tools'
import { verifyTicket } from '@innkeeper/tokens/ticket-tokens'
import { closeCodes } from '@innkeeper/protocol/close-codes'
import type { Directory } from '../directory/directory'
import { liveKeys, type KnownRoom } from '../room-record'
import { issuedAtMs } from '../tickets/ticket-id'
import type { Door, Entry, Turned } from './door'

interface TicketDoorOptions {
  readonly directory: Directory
  readonly issuer: string
  readonly clock: Clock
}

/** `/enterRoom/:roomId`: a ticket, verified with the keys of the room that the address names. */
export function createTicketDoor(options: TicketDoorOptions): Door {
  return {
    open(credential, roomId) {
      return andThen(roomId && options.directory.find(roomId), (room) =>
        room
          ? openRoom(credential, room, options)
          : { turned: closeCodes.roomClosed, problem: 'room-not-found' },
      )
    },
  }
}

function openRoom(
  ticket: string,
  room: KnownRoom,
  { issuer, clock }: Pick<TicketDoorOptions, 'issuer' | 'clock'>,
): Entry | Turned {
  const nowMs = clock()
  const roomId = room.record.id
  const verdict = verifyTicket(ticket, { issuer, roomId, keys: liveKeys(room, nowMs), nowMs })
  if (!verdict.ok) {
    return verdict.reason === 'wrong-room'
      ? { turned: closeCodes.revoked, problem: 'not-allowed' }
      : { turned: closeCodes.ticketInvalid, problem: 'token-invalid' }
  }
  const { uuid, nick, sid, jti, exp } = verdict.claims
  const entry = { roomId, player: { uuid, nick }, issuedAt: issuedAtMs(jti), expiresAt: exp * 1_000 }
  return sid === undefined ? entry : { ...entry, signIn: sid }
}
