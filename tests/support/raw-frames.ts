import { randomBytes } from 'node:crypto'

/** First bytes of unfragmented frames (RFC 6455). */
export const opcodes = { text: 0x81, binary: 0x82, close: 0x88, ping: 0x89, pong: 0x8a } as const

/** The bytes of one frame, as a client sends it. */
export function frameBytes(first: number, payload: Uint8Array, isMasked: boolean): Buffer {
  const { length } = payload
  const mask = isMasked ? randomBytes(4) : Buffer.alloc(0)
  const bit = isMasked ? 0x80 : 0
  const body = isMasked
    ? Buffer.from(payload.map((byte, index) => byte ^ (mask[index & 3] ?? 0)))
    : Buffer.from(payload)
  return Buffer.concat([Buffer.from([first]), lengthBytes(length, bit), mask, body])
}

function lengthBytes(length: number, bit: number): Buffer {
  if (length < 126) return Buffer.from([bit | length])
  if (length < 65_536) return Buffer.from([bit | 126, length >> 8, length & 255])
  const bytes = Buffer.alloc(9)
  bytes[0] = bit | 127
  bytes.writeBigUInt64BE(BigInt(length), 1)
  return bytes
}

/** Cuts what a server sends into frames, and refuses what a server may not send. */
export class FrameReader {
  #chunks: Uint8Array[] = []
  #size = 0
  #wanted = 2

  push(chunk: Uint8Array): readonly { readonly opcode: number; readonly payload: Buffer }[] {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    // Joined only when a whole frame is here: a slow reader's megabytes come in thousands of chunks.
    if (this.#size < this.#wanted) return []
    let buffer = Buffer.concat(this.#chunks)
    const frames: { opcode: number; payload: Buffer }[] = []
    for (;;) {
      const place = placeOf(buffer)
      this.#wanted = place.end
      if (buffer.length < place.end || place.start === undefined) break
      const first = buffer[0] ?? 0
      if ((first & 0xf0) !== 0x80)
        throw new Error(`A frame begins with ${first.toString(16)}: fragmented or compressed`)
      if ((buffer[1] ?? 0) & 0x80) throw new Error('A server masks nothing')
      frames.push({ opcode: first & 15, payload: buffer.subarray(place.start, place.end) })
      buffer = buffer.subarray(place.end)
    }
    this.#chunks = [buffer]
    this.#size = buffer.length
    return frames
  }
}

/** Where the payload of the first frame begins and ends; without `start`, `end` bytes are needed to know. */
function placeOf(buffer: Buffer): { readonly start?: number; readonly end: number } {
  if (buffer.length < 2) return { end: 2 }
  const short = (buffer[1] ?? 0) & 127
  if (short < 126) return { start: 2, end: 2 + short }
  if (short === 126) return buffer.length < 4 ? { end: 4 } : { start: 4, end: 4 + buffer.readUInt16BE(2) }
  return buffer.length < 10 ? { end: 10 } : { start: 10, end: 10 + Number(buffer.readBigUInt64BE(2)) }
}
