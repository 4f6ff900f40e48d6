import { expect, it } from 'bun:test'
import { clientFrame, counterDigits, MessageStrip, opcodes } from './frames'

/** What a server would read: the payloads of masked frames, one after the other. */
function readMasked(bytes: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at < bytes.length;) {
    const short = (bytes[at + 1] ?? 0) & 127
    const length = short === 126 ? bytes.readUInt16BE(at + 2) : short
    const maskAt = at + (short === 126 ? 4 : 2)
    const payload = bytes.subarray(maskAt + 4, maskAt + 4 + length)
    texts.push(
      Buffer.from(payload.map((byte, index) => byte ^ (bytes[maskAt + (index & 3)] ?? 0))).toString(),
    )
    at = maskAt + 4 + length
  }
  return texts
}

it.each([10, 125, 126, 60_000])('frames %i bytes so that a server reads them again', (length) => {
  const text = 'x'.repeat(length)
  expect(readMasked(clientFrame(opcodes.text, Buffer.from(text)))).toEqual([text])
})

it.each(['short', 'l'.repeat(200)])('numbers messages in all their places', (filler) => {
  const payload = Buffer.from(`{"id":"${counterDigits}","n":"${counterDigits}","f":"${filler}"}`)
  const strip = new MessageStrip(opcodes.text, payload, 3)
  strip.take(1, 3)
  expect(readMasked(strip.take(98, 2))).toEqual(
    ['00000098', '00000099'].map((number) => `{"id":"${number}","n":"${number}","f":"${filler}"}`),
  )
})
