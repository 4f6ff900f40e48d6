import { AppError } from '@innkeeper/protocol/problems'
import type { JsonObject } from './strict-json'

/** Clocks of an issuer and of a verifier may differ by this much, where a token comes from the future. */
const maxFutureMs = 60_000
const controlCharacter = /\p{Cc}/u

/** The longest text that a claim of ours may hold, in characters. */
const maxClaimChars = 256

/** Seconds since the epoch, as every token of ours carries them. */
export interface TokenTimes {
  readonly iat: number
  readonly exp: number
}

/** @returns whether the claims are these and no others (`optional` may be absent) */
export function hasExactClaims(
  claims: JsonObject,
  required: readonly string[],
  optional: readonly string[] = [],
): boolean {
  if (!required.every((name) => Object.hasOwn(claims, name))) return false
  const present = optional.filter((name) => Object.hasOwn(claims, name)).length
  return Object.keys(claims).length === required.length + present
}

/** @returns whether `value` is 1 to 256 characters of well-formed text without control characters */
export function isClaimText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length >= 1 &&
    value.length <= maxClaimChars &&
    value.isWellFormed() &&
    !controlCharacter.test(value)
  )
}

/**
 * Judges `iat`, `exp` and, where there is one, `nbf`, without skew: `exp` is the first moment that is too late.
 *
 * @returns the times in seconds, or undefined when the token is not valid now or would live longer than its family may
 */
export function parseTimes(
  claims: JsonObject,
  nowMs: number,
  maxLifetimeSeconds: number,
): TokenTimes | undefined {
  const { iat, exp, nbf } = claims
  if (!isTime(iat) || !isTime(exp)) return undefined
  if (exp <= iat || exp - iat > maxLifetimeSeconds) return undefined
  if (exp * 1000 <= nowMs || iat * 1000 > nowMs + maxFutureMs) return undefined
  if (Object.hasOwn(claims, 'nbf') && !(isTime(nbf) && nbf * 1000 <= nowMs)) return undefined
  return { iat, exp }
}

/** The one answer to a token that was refused, whatever was wrong with it. */
export function tokenInvalid(): AppError {
  return new AppError('token-invalid', 'The token is not valid or has expired')
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
