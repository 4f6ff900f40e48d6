/** What Markdown or HTML could take for its own wherever it stands in a line. */
const active = /[\\`*_[\]<>&~|$#]/g
/** Some readers make links of these without being asked. */
const linkLike = /(?<=\w):(?=\/\/)|(?<=\bwww)\.|@/gi

/**
 * Makes a text inert: it reads as it was written, and nothing in it is markup.
 *
 * @returns one line, to stand behind a list mark or a heading's and not at the start of a line
 */
export function markdownText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(active, '\\$&').replace(linkLike, '\\$&')
}
