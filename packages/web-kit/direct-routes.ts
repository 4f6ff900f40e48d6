import type { Soon } from '@innkeeper/protocol/tools'
import type { HttpBindings } from './http-bindings'

/** What a direct route is told about a request; Hono's context fits, where Hono has routed it. */
export interface DirectCall {
  readonly req: { readonly raw: Request }
  readonly env: HttpBindings | undefined
}

/** The last segment of the path, decoded, and what stands behind the `?`, which is looked for when it is asked for. */
export interface DirectTarget {
  readonly segment: string
  readonly query: (name: string) => string | undefined
}

/** @throws AppError answered as a problem, as from every other route */
export type DirectAnswer = (call: DirectCall, target: DirectTarget) => Soon<Response>

/** What the server's own router hands over. */
export type DirectRequest = Request & { readonly params: Readonly<Record<string, string>> }

/** Answers every `POST` of its path, plain or not. */
export type DirectHandler = (request: DirectRequest, server: HttpBindings) => Soon<Response>

/** By path, as the server's own router spells it: `/getTicket/:segment`. */
export type DirectRoutes = Map<string, DirectHandler>
