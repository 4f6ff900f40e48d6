import type { ProblemCode } from './problems'

/**
 * Why a socket was closed. Below 4500: do not come back without doing something first. From 4500: come back,
 * after `retryAfterMs` of the reason.
 */
export const closeCodes = {
  badFrame: 4400,
  ticketInvalid: 4401,
  revoked: 4403,
  roomClosed: 4404,
  noHello: 4408,
  alreadyConnected: 4409,
  replaced: 4410,
  tooLarge: 4413,
  tooMany: 4429,
  serverError: 4500,
  draining: 4503,
  recovering: 4504,
  tooSlow: 4508,
} as const

/** A number of the table above. */
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]

/** What a close says besides its code: a problem, or one of the things that are nobody's fault. */
export type CloseReasonType =
  | `/problems/${ProblemCode}`
  | 'kicked'
  | 'banned'
  | 'replaced'
  | 'moved'
  | 'draining'
  | 'recovering'
  | 'too-slow'

/** The JSON text of a close frame's reason. At most 123 bytes, as RFC 6455 allows. */
export interface CloseReason {
  readonly type: CloseReasonType
  readonly retryAfterMs?: number
  /** With `already-in-room`: where the player is, and since when (epoch ms). */
  readonly roomId?: string
  readonly since?: number
}

/** @returns whether a client may come back by itself after this code (1001, 1006, 1012 and the like too) */
export function mayComeBack(code: number): boolean {
  return code >= 4500 || (code < 4000 && code !== 1000 && code !== 1008)
}
