import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'

/** A code that opens a seat on one more device, once. Epoch ms. */
export interface PairingCode {
  readonly uuid: PlayerUuid
  /** The sign-in that asked for the code: it is worth as much as that one. */
  readonly signIn: SignInId
  /** Of the code (`hashSecret`). */
  readonly hash: string
  readonly endsAt: number
}

/** Codes that wait to be typed on another device. A seat has one at a time. */
export interface PairingCodes {
  /** Takes the place of the seat's code before. */
  put(code: PairingCode): Promise<'kept' | 'code-taken'>
  /** Uses a code up. @returns whose it was, if it was good at `nowMs` */
  redeem(hash: string, nowMs: number): Promise<PairingCode | undefined>
  /** Drops codes that nobody used in time. */
  purge(nowMs: number): Promise<void>
}
