import { AppError } from '@innkeeper/protocol/problems'

/**
 * Says whether a request's body needs counting while it is read: only one without a length (chunked) does.
 *
 * @throws AppError `too-large` when the announced length is over `maxBytes`
 */
export function mustCountBody(request: Request, maxBytes: number): boolean {
  const length = request.headers.get('content-length')
  if (length !== null) {
    if (Number(length) > maxBytes) throw tooLarge(maxBytes)
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
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return new Request(request, { body: Buffer.concat(chunks) })
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too-large', `A body may have ${maxBytes} bytes`)
}
