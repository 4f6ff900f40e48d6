import type { Context } from 'hono'
import { z } from '@hono/zod-openapi'
import { parsePlayerUuid, type PlayerUuid } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Soon } from '@innkeeper/protocol/tools'
import { bearerToken } from '@innkeeper/web-kit/bearer-token'
import { ipForLimits, ipPrefix, type TrustedProxies } from '@innkeeper/web-kit/client-ip'
import { callerIp, type HttpEnv } from '@innkeeper/web-kit/http-app'
import type { Caller } from '../grants'

/** How a request says who it comes from. */
export interface CallerOptions {
  readonly proxies: TrustedProxies
  /** @throws AppError `token-invalid` */
  readonly verifyIdentity: (token: string) => Soon<{ readonly uuid: PlayerUuid }>
}

/** Answers that hold a token or anything personal are nobody's to keep. */
export const noStore = { 'cache-control': 'no-store' } as const

/** Content that is JSON of this schema. */
export const json = <Schema>(schema: Schema) => ({ 'application/json': { schema } })

/** A JSON body that a route needs. */
export const jsonBody = <Schema>(schema: Schema) => ({ required: true, content: json(schema) }) as const

/** A JSON answer of a route. */
export const jsonAnswer = <Schema>(description: string, schema: Schema) => ({
  description,
  content: json(schema),
})

/** An answer without a body. */
export const done = (description: string) => ({ 204: { description } })

/** The address that limits count by. */
export function limitKeyOf(context: Context<HttpEnv>, proxies: TrustedProxies): string {
  return ipForLimits(callerIp(context, proxies))
}

/** Who is asking, without an account. */
export function callerOf(context: Context<HttpEnv>, { proxies }: Pick<CallerOptions, 'proxies'>): Caller {
  const userAgent = context.req.header('user-agent')
  const device = { ipPrefix: ipPrefix(callerIp(context, proxies)) }
  return {
    limitKey: limitKeyOf(context, proxies),
    device: userAgent === undefined ? device : { ...device, userAgent },
  }
}

/** Who is asking, with the account of the header `tokenJwt` where there is one. @throws AppError `token-invalid` */
export async function callerWithAccount(context: Context<HttpEnv>, options: CallerOptions): Promise<Caller> {
  const caller = callerOf(context, options)
  const token = context.req.header('tokenjwt')
  if (token === undefined) return caller
  const { uuid: accountUuid } = await options.verifyIdentity(token)
  return { ...caller, accountUuid }
}

/** The account whose identity token came in `tokenJwt`, or as `Authorization: Bearer`. @throws AppError `token-invalid` */
export async function requireAccount(
  context: Context<HttpEnv>,
  { verifyIdentity }: CallerOptions,
): Promise<PlayerUuid> {
  const token = context.req.header('tokenjwt') ?? bearerToken(context.req.header('authorization'))
  if (token === undefined) throw new AppError('token-invalid')
  return (await verifyIdentity(token)).uuid
}

/** The path of a route about one player. */
export const playerParams = z.object({ uuid: z.string() })

/** @throws AppError `not-found` when no player can be called that */
export function requirePlayer(text: string): PlayerUuid {
  const uuid = parsePlayerUuid(text)
  if (uuid === undefined) throw new AppError('not-found')
  return uuid
}
