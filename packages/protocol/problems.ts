/**
 * Every failure that a client may meet, once. HTTP answers it as `application/problem+json` (RFC 9457), a socket
 * as a `reject` frame or a close reason with the same `type`. docs/problems/ has a page for each.
 */
export const problems = {
  'bad-request': { status: 400, title: 'The request is not understood' },
  'validation-failed': { status: 400, title: 'A field is not as expected' },
  'name-refused': { status: 400, title: 'This name cannot be used' },
  'password-refused': { status: 400, title: 'This password cannot be used' },
  'dice-refused': { status: 400, title: 'The dice expression is not understood' },
  'token-invalid': { status: 401, title: 'Sign in again' },
  'invalid-grant': { status: 401, title: 'The refresh token is not valid' },
  'refresh-reused': { status: 401, title: 'This sign-in was ended because an old refresh token came back' },
  'session-revoked': { status: 401, title: 'This sign-in has ended' },
  'session-expired': { status: 401, title: 'This sign-in has expired' },
  'credentials-wrong': { status: 401, title: 'Username or password is wrong' },
  'recovery-failed': { status: 401, title: 'The recovery key is not valid' },
  'pairing-failed': { status: 401, title: 'The pairing code is not valid' },
  banned: { status: 403, title: 'Banned from this room' },
  'claim-declined': { status: 403, title: 'The game master says that this seat is not yours' },
  'not-joinable': { status: 403, title: 'This table takes no new players' },
  'guests-not-allowed': { status: 403, title: 'This room is for accounts only' },
  'not-allowed': { status: 403, title: 'Not allowed' },
  'origin-refused': { status: 403, title: 'This web page may not connect' },
  'not-found': { status: 404, title: 'Not found' },
  'room-not-found': { status: 404, title: 'No such room' },
  'session-not-found': { status: 404, title: 'No table with this code' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'room-full': { status: 409, title: 'Room is full' },
  'already-in-room': { status: 409, title: 'Already in another room' },
  'name-taken': { status: 409, title: 'This name is taken' },
  'already-seated': { status: 409, title: 'This account has a seat at this table' },
  'stale-edit': { status: 409, title: 'Somebody changed this meanwhile' },
  conflict: { status: 409, title: 'Something changed meanwhile' },
  'too-large': { status: 413, title: 'Too large' },
  'unsupported-media-type': { status: 415, title: 'This kind of body is not understood' },
  'too-many': { status: 429, title: 'Too many requests' },
  'server-error': { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Not available for a moment' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>

/** One of the codes above: the last part of a problem's `type`. */
export type ProblemCode = keyof typeof problems

/** What a client reads. `instance` names the request (`urn:request:<id>`); extras are named by the code. */
export interface Problem {
  readonly type: `/problems/${ProblemCode}`
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance?: string
  readonly [extra: string]: unknown
}

/**
 * An expected failure. `detail` and `extras` are public: never a token, a stack, or which check of a token failed.
 * `retryAfterSeconds`, where given, becomes the `Retry-After` header.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly status: number

  constructor(
    readonly code: ProblemCode,
    readonly detail: string = problems[code].title,
    readonly extras: Readonly<Record<string, unknown>> & { readonly retryAfterSeconds?: number } = {},
  ) {
    super(`${code}: ${detail}`)
    this.status = problems[code].status
  }
}

/** @returns the public form of an error */
export function toProblem(error: AppError, instance?: string): Problem {
  return {
    ...error.extras,
    type: `/problems/${error.code}`,
    title: problems[error.code].title,
    status: error.status,
    detail: error.detail,
    ...(instance === undefined ? {} : { instance }),
  }
}
