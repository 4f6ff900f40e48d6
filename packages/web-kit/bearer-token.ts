/**
 * The credentials of an `Authorization: Bearer …` header; the scheme's case does not matter (RFC 9110).
 *
 * @returns the token exactly as sent, or undefined when the header is missing or of another scheme
 */
export function bearerToken(header: string | undefined | null): string | undefined {
  if (header === undefined || header === null || header.length < 8) return undefined
  // A slice and a compare, not a pattern: this runs for every request.
  if (header.charCodeAt(6) !== 32 || header.slice(0, 6).toLowerCase() !== 'bearer') return undefined
  const token = header.slice(7)
  return token.includes(' ') ? undefined : token
}
