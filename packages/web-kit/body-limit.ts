import { getPath } from 'hono/utils/url'
import { AppError } from '@innkeeper/protocol/problems'

/** How large bodies may be, in bytes. */
export interface BodyLimits {
  readonly bodyBytes: number
  /** Paths that take larger ones. */
  readonly largeBodies: ReadonlyMap<string, number>
}

/** @returns how many bytes the body of this request may have */
export function maxBodyOf(request: Request, { bodyBytes, largeBodies }: BodyLimits): number {
  return largeBodies.get(getPath(request)) ?? bodyBytes
}

/**
 * Says whether a request's body needs counting while it is read: only one without a length (chunked) does.
 *
 * @throws AppError `too-large` when the announced length is over the limit
 */
export function mustCountBody(request: Request, limits: BodyLimits): boolean {
  const length = request.headers.get('content-length')
  if (length !== null) {
    // The path is looked at only where it matters: almost every body is small.
    if (Number(length) > limits.bodyBytes) refuseOver(Number(length), maxBodyOf(request, limits))
    return request.headers.has('transfer-encoding')
  }
  return request.body !== null
}

/**
 * Reads a body of unknown length, and no further than `maxBytes`.
 *
 * @returns the same request with the body in memory
 * @throws AppError `too-large`
 */
export async function withCountedBody(request: Request, maxBytes: number): Promise<Request> {
  const chunks: Uint8Array[] = []
  let size = 0
  const body: ReadableStream<Uint8Array> | null = request.body
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    refuseOver(size, maxBytes)
    chunks.push(chunk)
  }
  return new Request(request, { body: Buffer.concat(chunks) })
}

function refuseOver(bytes: number, maxBytes: number): void {
  if (bytes > maxBytes) throw new AppError('too-large', `A body may have ${maxBytes} bytes`)
}
