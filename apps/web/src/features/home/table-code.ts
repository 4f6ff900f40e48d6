/**
 * Reads a join code out of whatever was typed or pasted: the code in any case, with spaces or dashes, or the link of an
 * invitation. Whether a table has it is for the server to say.
 */
export function toTableCode(typed: string): string {
  const [, fromLink] = /\/(?:j|screen)\/([^/?#\s]+)/.exec(typed) ?? []
  const code = fromLink === undefined ? typed : decodeSafely(fromLink)
  return code.replace(/[\s\-‐-―−]/g, '').toUpperCase()
}

function decodeSafely(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
