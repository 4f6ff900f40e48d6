// A last character that is not in its row carries bits that no byte uses: the same bytes, another string.
const lastOfTwo = 'AQgw'
const lastOfThree = 'AEIMQUYcgkosw048'
const alphabet = /^[\w-]*$/

/**
 * Whether `segment` is the one spelling of its bytes: base64url alphabet, no padding, no unused bits. Decoders of
 * every runtime forgive some of these, and a token that can be written in two ways slips past whatever remembers it.
 */
export function isCanonicalBase64url(segment: string): boolean {
  return alphabet.test(segment) && hasCanonicalEnd(segment)
}

/** The same, for a segment whose characters are known to be of the alphabet. */
export function hasCanonicalEnd(segment: string): boolean {
  const last = segment.charAt(segment.length - 1)
  switch (segment.length % 4) {
    case 0:
      return true
    case 2:
      return lastOfTwo.includes(last)
    case 3:
      return lastOfThree.includes(last)
    default:
      return false
  }
}

/** @returns `text`, as UTF-8, in base64url without padding */
export function toBase64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}
