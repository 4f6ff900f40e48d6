import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { getPath, getQueryParam } from 'hono/utils/url'
import type { ZodError } from 'zod'
import { limits } from '@innkeeper/protocol/limits'
import { AppError } from '@innkeeper/protocol/problems'
import { type Log, orElse, type Random } from '@innkeeper/protocol/tools'
import { maxBodyOf, mustCountBody, withCountedBody, type BodyLimits } from './body-limit'
import { clientIp, type TrustedProxies } from './client-ip'
import type { DirectAnswer, DirectCall, DirectRoutes, DirectHandler, DirectTarget } from './direct-routes'
import type { HttpBindings } from './http-bindings'
import { preflightResponse, withCors, type Origins } from './origins'
import { problemResponse } from './problem-response'
import { requestIdOf } from './request-id'

/** The Hono environment of every app here. */
export interface HttpEnv {
  Bindings: HttpBindings
}

/** An app whose failures are problems. */
export interface HttpApp extends OpenAPIHono<HttpEnv> {
  /** For the server's own router, in front of `fetch`; see `addDirectRoute`. */
  readonly directRoutes: DirectRoutes
  /** Hands plain requests to `answer`, and all others to `fetch`. */
  directHandler(answer: DirectAnswer): DirectHandler
  /** Paths whose bodies may be larger than others', and by how much: in bytes. */
  readonly largeBodies: Map<string, number>
}

/** What an app needs; without `origins` no page of another origin can read its answers, and none is refused. */
export interface HttpAppOptions {
  readonly log: Log
  readonly random: Random
  readonly origins?: Origins
  /** Largest body, in bytes. */
  readonly bodyBytes?: number
}

/**
 * An empty Hono app with this project's manners: every failure is a problem with a request id, input that does not
 * fit its schema is `validation-failed` with `errors: [{path, message}]`, a known path with another method is 405.
 *
 * Origins and the body limit are looked at before routing, in `fetch` itself and not as middleware: a request that
 * needs neither costs two header reads, and a route with one handler stays on Hono's path without promises. A page
 * from an origin that is not listed may read nothing and change nothing (403 `origin-refused`).
 */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  const hono = new OpenAPIHono<HttpEnv>({
    defaultHook: (result) => {
      if (!result.success) throw validationFailed(result.error)
    },
  })
  const bodies = { bodyBytes: options.bodyBytes ?? limits.bodyBytes, largeBodies: new Map<string, number>() }
  const app: HttpApp = Object.assign(hono, {
    directRoutes: new Map(),
    largeBodies: bodies.largeBodies,
    directHandler: (answer: DirectAnswer) => directHandler(app, answer, { ...options, bodies }),
  })
  app.onError((error, { req }) => answerError(error, req.raw, options))
  app.notFound((context) => answerError(missing(app, context), context.req.raw, options))
  app.fetch = guarded(app.fetch, { ...options, bodies })
  return app
}

interface GuardOptions extends HttpAppOptions {
  readonly bodies: BodyLimits
}

/** No page asks, and the body need not be counted: nothing is left for the guards to do. */
function directHandler(app: HttpApp, answer: DirectAnswer, options: GuardOptions): DirectHandler {
  return (request, server) =>
    orElse(
      () => {
        if (request.headers.get('origin') !== null || mustCountBody(request, options.bodies))
          return app.fetch(request, server)
        const { segment = '' } = request.params
        return answer({ req: { raw: request }, env: server }, { segment, query: queryOf(request) })
      },
      (error) => answerError(error, request, options),
    )
}

function queryOf(request: Request): DirectTarget['query'] {
  return (name) => {
    // Reading an address costs as much as signing a ticket; few have a query.
    const value = getQueryParam(request.url, name)
    return typeof value === 'string' ? value : undefined
  }
}

type Fetch = HttpApp['fetch']
type RestOf<Values extends readonly unknown[]> = Values extends [unknown, ...infer Rest] ? Rest : never

function guarded(route: Fetch, options: GuardOptions): Fetch {
  const { origins, random, bodies } = options
  return (request, ...rest) => {
    const origin = origins === undefined ? null : request.headers.get('origin')
    const isSafe = request.method === 'GET' || request.method === 'HEAD'
    if (isSafe && origin === null) return route(request, ...rest)
    try {
      if (origin === null) return routeBody(route, request, { rest, bodies, random })
      const isAllowed = origins?.allows(origin) === true
      if (request.method === 'OPTIONS' && isAllowed) return preflightResponse(origin)
      if (!isSafe && !isAllowed) throw new AppError('origin-refused')
      const answer = routeBody(route, request, { rest, bodies, random })
      if (!isAllowed) return answer
      return answer instanceof Promise ? answer.then((it) => withCors(it, origin)) : withCors(answer, origin)
    } catch (error) {
      if (error instanceof AppError) return problemResponse(error, random.uuid())
      throw error
    }
  }
}

interface BodyRule {
  readonly rest: RestOf<Parameters<Fetch>>
  readonly bodies: BodyLimits
  readonly random: Random
}

function routeBody(route: Fetch, request: Request, rule: BodyRule): Response | Promise<Response> {
  if (request.method === 'GET' || request.method === 'HEAD' || !mustCountBody(request, rule.bodies)) {
    return route(request, ...rule.rest)
  }
  return routeCounted(route, request, rule)
}

async function routeCounted(route: Fetch, request: Request, rule: BodyRule): Promise<Response> {
  const [server, ...rest] = rule.rest
  // The server knows the peer of the request it made, not of our copy; a chunked body must not hide an address.
  const bindings: HttpBindings = { requestIP: () => peerOf(request, server) }
  try {
    const counted = await withCountedBody(request, maxBodyOf(request, rule.bodies))
    return await route(counted, bindings, ...rest)
  } catch (error) {
    if (error instanceof AppError) return problemResponse(error, rule.random.uuid())
    throw error
  }
}

function peerOf(request: Request, server: HttpBindings | undefined): { readonly address: string } | null {
  return server?.requestIP?.(request) ?? null
}

function validationFailed(error: ZodError): AppError {
  const errors = error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }))
  const [first] = errors
  const detail =
    first === undefined ? undefined : `${first.path === '' ? 'body' : first.path}: ${first.message}`
  return new AppError('validation-failed', detail, { errors })
}

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const

function missing(app: HttpApp, context: Context<HttpEnv>): AppError {
  const { path } = context.req
  const offered = methods.filter((method) =>
    app.router.match(method, path)[0].some(([[, r]]) => r.method === method),
  )
  return offered.length === 0
    ? new AppError('not-found')
    : new AppError('method-not-allowed', undefined, { allowed: offered })
}

function answerError(error: unknown, request: Request, { log, random }: HttpAppOptions): Response {
  const requestId = requestIdOf(request, random)
  const expected = toAppError(error)
  if (expected.code === 'server-error') {
    log.error({ error, requestId, method: request.method, path: getPath(request) }, 'request failed')
  }
  return problemResponse(expected, requestId)
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException && error.status === 415) {
    return new AppError('unsupported-media-type', 'Send the body as application/json')
  }
  if (error instanceof HTTPException && error.status < 500)
    return new AppError('bad-request', 'The body is not JSON')
  return new AppError('server-error')
}

/** Who is calling: see `clientIp`. */
export function callerIp({ req, env }: DirectCall, proxies: TrustedProxies): string {
  return clientIp(req.raw, peerOf(req.raw, env)?.address, proxies)
}
