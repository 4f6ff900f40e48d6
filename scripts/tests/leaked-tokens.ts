/** A compact JWS: a header and a payload that are JSON objects, and a signature. */
const compactToken = /eyJ[\w-]{5,}\.eyJ[\w-]{5,}\.[\w-]{16,}/

/**
 * Looks for tokens in what a run printed. Services write their log there too, so a token in a log is found here,
 * whichever test made it.
 *
 * @returns `line number: the line, with the token cut short`
 */
export function leakedTokens(output: string): readonly string[] {
  return output
    .split('\n')
    .flatMap((line, index) => (compactToken.test(line) ? [`${index + 1}: ${shorten(line)}`] : []))
}

function shorten(line: string): string {
  return line.replace(compactToken, (token) => `${token.slice(0, 12)}…`).slice(0, 300)
}
