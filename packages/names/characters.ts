import { lazily } from './lazily'

/** Which characters may stand in a name; README.md has the same policy in words. */

// Control, format, private, unassigned and surrogate code points, separators, invisible "letters", spaces that are not
// U+0020 or the ideographic one (which Japanese keyboards type), object replacement and enclosing marks.
const forbidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Me}\ufffc\ufffd]|(?![ \u3000])\p{Zs}/u
// Every emoji has one of these, and hardly any name does: only then is the slow pattern worth its time.
const emojiPart = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u20e3]/u
// Thousands of sequences: compiling takes tens of milliseconds, so only the first emoji of a process pays for it.
const loadEmoji = lazily(() => new RegExp('\\p{RGI_Emoji}', 'gv'))
const notShown = /[^\p{L}\p{M}\p{N} _.,!?&()~'’\-·・׳״\u2010]/u
const letterOrDigit = /[\p{L}\p{N}]/u

const threeMarks = /\p{M}{3}/u
const fiveMarks = /\p{M}{5}/u
// Subjoined letters, medials and vowel points are marks, and up to four on one letter is ordinary spelling here.
const stackingMarks = /[\p{M}&&[\p{sc=Tibetan}\p{sc=Myanmar}\p{sc=Hebrew}]]{3,4}/gv
const markWithoutLetter = /(?:^|[^\p{L}\p{M}\p{N}])\p{M}/u

/** The text with a space for every RGI emoji; a lone part of one (a joiner, a selector, half a flag) stays. */
export function withoutEmoji(text: string): string {
  return emojiPart.test(text) ? text.replace(loadEmoji(), ' ') : text
}

/** @param plain  text without its emoji */
export function hasForbidden(plain: string): boolean {
  return forbidden.test(plain)
}

/** More than two combining marks in a row (four where the script stacks them), or a mark with no letter under it. @param plain without emoji */
export function hasTooManyMarks(plain: string): boolean {
  if (markWithoutLetter.test(plain) || fiveMarks.test(plain)) return true
  return threeMarks.test(plain) && threeMarks.test(plain.replace(stackingMarks, ''))
}

/** The first character that is no letter, digit, space or one of a name's few signs. @param plain without emoji */
export function findSymbol(plain: string): string | undefined {
  const found = notShown.exec(plain)?.[0]
  // A spreadsheet that opens an export takes a leading hyphen for a formula; the other starters are no name's signs.
  return found ?? (plain.startsWith('-') ? '-' : undefined)
}

/** @param plain  without emoji, so that a keycap is no digit */
export function hasLetterOrDigit(plain: string): boolean {
  return letterOrDigit.test(plain)
}
