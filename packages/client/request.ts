import type { Problem } from '@innkeeper/protocol/problems'

/** The part of `fetch` that is used. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Record<string, string>
    readonly body?: string
    readonly signal: AbortSignal
  },
) => Promise<{
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}>

/** A server, and how it is reached: `{ origin: 'https://inn.example', fetch }`. */
export interface Server {
  readonly origin: string
  readonly fetch: Fetch
}

/** One request. `body` goes as JSON, `token` as `Authorization: Bearer`. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** From the first slash on. */
  readonly path: string
  readonly token?: string
  readonly body?: unknown
}

/** The server said no, and why. `retryAfterMs` where it named a time. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  constructor(
    readonly problem: Problem,
    readonly retryAfterMs: number | null = null,
  ) {
    super(problem.detail)
  }
}

/** No verdict: there is no network, or the server is broken or busy. Later may be better. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

const timeoutMs = 15_000

/**
 * @returns the answer's JSON; undefined for an empty one
 * @throws RequestRefused | NoAnswer
 */
export async function request(server: Server, { method, path, token, body }: Call): Promise<unknown> {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  try {
    const url = server.origin.replace(/\/+$/, '') + path
    const answer = await server.fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) })
    const text = await answer.text()
    const json: unknown = text === '' ? undefined : JSON.parse(text)
    if (answer.status < 300) return json
    throw new RequestRefused(parseProblem(json), parseRetryAfter(answer.headers.get('retry-after')))
  } catch (error) {
    // A proxy's own page of error says as little about the request as a line that is cut.
    throw error instanceof RequestRefused
      ? error
      : new NoAnswer('The server did not answer', { cause: error })
  }
}

/** @returns the object @throws TypeError when it is none */
export function parseRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError('Expected an object')
  return value as Record<string, unknown>
}

/** @returns the texts under these names @throws TypeError when one is missing */
export function parseTexts<Key extends string>(
  value: unknown,
  keys: readonly Key[],
): Readonly<Record<Key, string>> {
  const record = parseRecord(value)
  for (const key of keys) {
    if (typeof record[key] !== 'string') throw new TypeError(`Expected a text in ${key}`)
  }
  return record as Record<Key, string>
}

/** @returns the number under this name @throws TypeError when it is missing */
export function parseNumber(value: unknown, key: string): number {
  const number = parseRecord(value)[key]
  if (typeof number !== 'number') throw new TypeError(`Expected a number in ${key}`)
  return number
}

function parseProblem(json: unknown): Problem {
  parseTexts(json, ['type', 'detail'])
  return json as Problem
}

/** Seconds, as this server says it; a date, as HTTP allows too, is no use without the server's clock. */
function parseRetryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : null
}
