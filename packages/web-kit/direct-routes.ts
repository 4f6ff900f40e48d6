import type { HttpBindings } from './http-bindings'
import { targetOf } from './request-target'

/** What a direct route is told about a request; Hono's context fits, where Hono has routed it. */
export interface DirectCall {
  readonly req: { readonly raw: Request }
  readonly env: HttpBindings | undefined
}

/** The last segment of the path, decoded, and what stands behind the `?`. */
export interface DirectTarget {
  readonly segment: string
  readonly query: (name: string) => string | undefined
}

/** @throws AppError answered as a problem, as from every other route */
export type DirectAnswer = (call: DirectCall, target: DirectTarget) => Promise<Response>

/** What a plain request is answered with, by everything in front of the last segment of its path. */
export type DirectRoutes = Map<string, DirectAnswer>

const plainSegment = /^[\w-]+$/
const noQuery = (): undefined => undefined

/** @returns the answer to a plain request for one of `routes`, undefined for all others */
export function answerDirectly(
  routes: DirectRoutes,
  request: Request,
  server: HttpBindings | undefined,
): Promise<Response> | undefined {
  if (request.method !== 'POST') return undefined
  const target = targetOf(request.url)
  const segmentAt = target.indexOf('/', 1) + 1
  const answer = routes.get(target.slice(0, segmentAt))
  const segment = target.slice(segmentAt)
  if (!answer || !plainSegment.test(segment)) return undefined
  return answer({ req: { raw: request }, env: server }, { segment, query: noQuery })
}
