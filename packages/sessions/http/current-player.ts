import { createMiddleware } from 'hono/factory'
import { AppError } from '@innkeeper/protocol/problems'
import { bearerToken } from '@innkeeper/web-kit/bearer-token'
import type { HttpEnv } from '@innkeeper/web-kit/http-app'
import type { SeatHolder, SessionAuthenticator } from '../session-authenticator'

/** The environment behind `forPlayers`. */
export interface PlayerEnv extends HttpEnv {
  Variables: { readonly player: SeatHolder }
}

/** The part of a route that only the holder of a seat may call; handlers find them with `context.get('player')`. */
export function forPlayers(authenticator: SessionAuthenticator) {
  const security: { accessToken: string[] }[] = [{ accessToken: [] }]
  return { security, middleware: currentPlayer(authenticator) }
}

/** Lets through who holds a good access token; anyone else is 401 `token-invalid` before the input is looked at. */
function currentPlayer(authenticator: SessionAuthenticator) {
  return createMiddleware<PlayerEnv>(async (context, next) => {
    const token = bearerToken(context.req.header('authorization'))
    if (token === undefined) throw new AppError('token-invalid')
    context.set('player', await authenticator.authenticate(token))
    await next()
  })
}
