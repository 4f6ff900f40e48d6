import type { Context } from 'hono'
import { AppError } from '@innkeeper/protocol/problems'
import type { Families } from '@innkeeper/tokens/families/families'
import type { IdentityClaims, IdentityVerifier } from '@innkeeper/tokens/identity-tokens'
import type { Device } from '@innkeeper/tokens/families/families'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import { bearerToken } from '@innkeeper/web-kit/bearer-token'
import { ipForLimits, ipPrefix, type TrustedProxies } from '@innkeeper/web-kit/client-ip'
import { callerIp, type HttpEnv } from '@innkeeper/web-kit/http-app'
import type { Accounts } from '../accounts/accounts'
import type { SeatsOf } from '../accounts/linked-seat'
import type { Credentials } from '../accounts/credentials'
import type { KeyRing } from '../keys/key-ring'
import type { SignIns } from '../sign-ins/sign-ins'

/** What the routes call. */
export interface RouteParts {
  readonly accounts: Accounts
  readonly credentials: Credentials
  readonly families: Families
  readonly signIns: SignIns
  readonly keyRing: KeyRing
  readonly verifier: IdentityVerifier
  readonly revocations: Revocations
  readonly proxies: TrustedProxies
  readonly clock: () => number
  /** Absent where nobody here knows of tables. */
  readonly seatsOf: SeatsOf | undefined
}

/** Answers that hold a token or anything personal are nobody's to keep. */
export const noStore = { 'cache-control': 'no-store' } as const

/**
 * Who is asking, by the identity token in `Authorization`.
 *
 * @throws AppError `token-invalid`
 */
export async function requirePlayer(context: Context<HttpEnv>, parts: RouteParts): Promise<IdentityClaims> {
  const token = bearerToken(context.req.header('authorization'))
  if (token === undefined) throw new AppError('token-invalid')
  const claims = await parts.verifier.verify(token)
  if (parts.revocations.isRevoked(claims)) throw new AppError('token-invalid')
  // Whoever holds this token got the answer of the refresh that issued it.
  await parts.families.confirmToken(claims)
  return claims
}

/** The address that limits count by. */
export function limitIp(context: Context<HttpEnv>, { proxies }: RouteParts): string {
  return ipForLimits(callerIp(context, proxies))
}

/** What a new sign-in remembers of where it comes from. */
export function deviceOf(
  context: Context<HttpEnv>,
  { proxies }: RouteParts,
  name: string | undefined,
): Device {
  const userAgent = context.req.header('user-agent')
  return {
    ipPrefix: ipPrefix(callerIp(context, proxies)),
    ...(name === undefined ? {} : { name }),
    ...(userAgent === undefined ? {} : { userAgent }),
  }
}

/** A JSON body of a route. */
export function jsonBody<Schema>(schema: Schema): {
  readonly required: true
  readonly content: { readonly 'application/json': { readonly schema: Schema } }
} {
  return { required: true, content: { 'application/json': { schema } } }
}

/** A JSON answer of a route. */
export function jsonAnswer<Schema>(
  description: string,
  schema: Schema,
): {
  readonly description: string
  readonly content: { readonly 'application/json': { readonly schema: Schema } }
} {
  return { description, content: { 'application/json': { schema } } }
}

/** The marker of a route that needs an identity token, for the OpenAPI document. */
export const needsIdentityToken: Record<string, string[]>[] = [{ identityToken: [] }]
