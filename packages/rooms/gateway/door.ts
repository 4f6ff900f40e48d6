import type { PlayerUuid, RoomId, SignInId } from '@innkeeper/protocol/ids'
import type { ProblemCode } from '@innkeeper/protocol/problems'
import type { Soon } from '@innkeeper/protocol/tools'
import type { CloseCode } from '@innkeeper/protocol/close-codes'

/** Who comes in, and where to. What a credential says once it has been verified. */
export interface Entry {
  readonly roomId: RoomId
  readonly player: { readonly uuid: PlayerUuid; readonly nick: string; readonly role?: string }
  /** The sign-in that the credential hangs on: its end closes the socket. */
  readonly signIn?: SignInId
  /** When the credential was issued, and when it ends (epoch ms; absent: until it is revoked). */
  readonly issuedAt?: number
  readonly expiresAt?: number
}

/** A no at the door: the socket closes with this code, its reason names the problem. */
export interface Turned {
  readonly turned: CloseCode
  readonly problem: ProblemCode
}

/**
 * A way into rooms: reads the credential of one kind of socket address and verifies it. The gateway knows doors only
 * by this shape, so that a session's channel token and a room's ticket lead to the same place.
 */
export interface Door {
  /** @param credential  what the address carried; bounded, never logged */
  open(credential: string, roomId: RoomId | undefined): Soon<Entry | Turned>
}
