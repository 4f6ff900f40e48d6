import { parseStrictObject } from '../strict-json'
import { type KeySet, parseJwks } from './parse-jwks'

/** As much of `fetch` as reading a key set takes. */
export type FetchJwks = (url: string, init: RequestInit) => Promise<Response>

const maxBodyBytes = 64 * 1024
const minAgeMs = 30_000
const maxAgeMs = 10 * 60 * 1000
const contentTypes: ReadonlySet<string> = new Set(['application/json', 'application/jwk-set+json'])

/** A set and how long it is fresh, or why it is refused (for the operator's log). */
export type JwksAnswer = { readonly keys: KeySet; readonly maxAgeMs: number } | { readonly refused: string }

/** Reads a JWKS URL once: no redirects, JSON of at most 64 KiB, all of it within `timeoutMs`. Never throws. */
export async function fetchJwks(options: {
  readonly url: string
  readonly fetch: FetchJwks
  readonly timeoutMs: number
}): Promise<JwksAnswer> {
  const signal = AbortSignal.timeout(options.timeoutMs)
  const late = Promise.withResolvers<never>()
  signal.addEventListener('abort', () =>
    late.reject(new Error(`no full answer within ${options.timeoutMs} ms`)),
  )
  try {
    // Raced, because a body that trickles in must end too, whatever the fetch at hand does with its signal.
    return await Promise.race([readAnswer(options, signal), late.promise])
  } catch (error) {
    return { refused: error instanceof Error ? error.message : 'the request failed' }
  }
}

async function readAnswer(
  options: { url: string; fetch: FetchJwks },
  signal: AbortSignal,
): Promise<JwksAnswer> {
  const headers = { accept: 'application/json', 'cache-control': 'no-cache' }
  const response = await options.fetch(options.url, { redirect: 'manual', headers, signal })
  const contentType = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? 'none'
  if (response.status !== 200 || !contentTypes.has(contentType)) {
    await response.body?.cancel()
    return { refused: `status ${response.status}, content type ${contentType}` }
  }
  const body = await readBody(response)
  if (!body) return { refused: `more than ${maxBodyBytes} bytes` }
  const json = parseStrictObject(body)
  if (!json) return { refused: 'not one JSON object' }
  const keys = parseJwks(json)
  return 'refused' in keys ? keys : { keys, maxAgeMs: freshMs(response.headers.get('cache-control')) }
}

async function readBody(response: Response): Promise<Uint8Array | undefined> {
  if (!response.body) return new Uint8Array()
  const body: ReadableStream<Uint8Array> = response.body
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    // Leaving the loop cancels the rest of the body.
    if (bytes > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function freshMs(cacheControl: string | null): number {
  const seconds = /(?:^|[,\s])max-age=(\d{1,9})(?:$|[,\s])/i.exec(cacheControl ?? '')?.[1]
  return seconds === undefined ? maxAgeMs : Math.min(Math.max(Number(seconds) * 1000, minAgeMs), maxAgeMs)
}
