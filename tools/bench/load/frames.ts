/** WebSocket frames as bytes, without a WebSocket library: the generator must cost less than what it measures. */

export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** Not zero: a server may skip unmasking for a zero key. */
const mask = [0x37, 0xfa, 0x21, 0x3d] as const

/** @returns one masked client frame */
export function clientFrame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload
  if (length > 65_535) throw new Error('Longer frames are not needed here')
  const head =
    length < 126 ? [0x80 | opcode, 0x80 | length] : [0x80 | opcode, 0x80 | 126, length >> 8, length & 255]
  const body = Buffer.from(payload)
  for (let at = 0; at < length; at++) body[at] = (body[at] ?? 0) ^ (mask[at & 3] ?? 0)
  return Buffer.concat([Buffer.from(head), Buffer.from(mask), body])
}

/** In a message's text: where the number of the message goes. All occurrences get it. */
export const counterDigits = '00000000'

/**
 * The same message again and again with another number, encoded and masked once: only the digits are rewritten.
 */
export class MessageStrip {
  readonly #bytes: Buffer
  readonly #frameBytes: number
  readonly #digitsAt: readonly number[]

  /** @param slots  how many messages may be written in one go */
  constructor(opcode: number, payload: Buffer, slots: number) {
    const frame = clientFrame(opcode, payload)
    this.#frameBytes = frame.length
    this.#bytes = Buffer.concat(Array.from({ length: slots }, () => frame))
    const digitsAt: number[] = []
    for (let at = payload.indexOf(counterDigits); at >= 0; at = payload.indexOf(counterDigits, at + 8)) {
      digitsAt.push(at)
    }
    this.#digitsAt = digitsAt
  }

  /** @returns `count` messages numbered from `first`, valid until the next call */
  take(first: number, count: number): Buffer {
    for (let slot = 0; slot < count; slot++) this.#write(slot, first + slot)
    return this.#bytes.subarray(0, count * this.#frameBytes)
  }

  #write(slot: number, value: number): void {
    const payloadBytes = this.#frameBytes - (this.#frameBytes - 6 < 126 ? 6 : 8)
    const payloadAt = (slot + 1) * this.#frameBytes - payloadBytes
    for (const digitsAt of this.#digitsAt) {
      for (let digit = 7, rest = value; digit >= 0; digit--, rest = Math.floor(rest / 10)) {
        const at = digitsAt + digit
        this.#bytes[payloadAt + at] = (48 + (rest % 10)) ^ (mask[at & 3] ?? 0)
      }
    }
  }
}
