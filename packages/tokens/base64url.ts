import { limits } from '@innkeeper/protocol/limits'

/**
 * Reads a segment that is the one spelling of its bytes: base64url alphabet, no padding, no unused bits. Decoders of
 * every runtime forgive some of these, and a token that can be written in two ways slips past whatever remembers it.
 * So the bytes are written again, and must give the very same text.
 *
 * @returns undefined for every other spelling
 */
export function parseBase64url(segment: string): Buffer | undefined {
  const bytes = Buffer.from(segment, 'base64url')
  return bytes.toString('base64url') === segment ? bytes : undefined
}

const encoder = new TextEncoder()
/** Written over by each text: a buffer of its own costs a token as much as its encoding. */
const scratch = Buffer.alloc(limits.tokenChars)

/** @returns `text`, as UTF-8, in base64url without padding */
export function toBase64url(text: string): string {
  const { read, written } = encoder.encodeInto(text, scratch)
  if (read < text.length) return Buffer.from(text).toString('base64url')
  return scratch.toString('base64url', 0, written)
}
