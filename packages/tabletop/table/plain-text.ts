import { z } from 'zod'
import { isPlainText } from '../dice/dice-cursor'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** One grapheme may be many UTF-16 units; a text of nothing but such graphemes is nobody's name. */
const charsPerGrapheme = 8
/** Nothing shows of these: joiners, fillers, spaces and the empty Braille cell. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Z}\u2800]/gu

/**
 * One line of plain text, without the spaces around it. Nobody escapes it on the way; whoever shows it shows it as text.
 */
export function lineOf(maxGraphemes: number) {
  return z
    .string()
    .max(maxGraphemes * charsPerGrapheme)
    .transform((text) => text.trim())
    .refine((text) => isPlainText(text), 'Expected one line of text without control characters')
    .refine((text) => hasAtMost(maxGraphemes, text), `Expected at most ${maxGraphemes} characters`)
}

/** A line that says something: a name, a title. */
export function filledLineOf(maxGraphemes: number) {
  return lineOf(maxGraphemes).refine(
    (text) => text.replace(unseen, '') !== '',
    'Expected at least one character that can be seen',
  )
}

/** Plain text of any number of lines, which end in `\n`; a tab is a space, and those around the text are cut off. */
export function textOf(maxGraphemes: number) {
  return z
    .string()
    .max(maxGraphemes * charsPerGrapheme)
    .transform((text) => text.replace(/\r\n?/g, '\n').replaceAll('\t', ' ').trim())
    .refine((text) => isPlainText(text.replaceAll('\n', ' ')), 'Expected text without control characters')
    .refine((text) => hasAtMost(maxGraphemes, text), `Expected at most ${maxGraphemes} characters`)
}

/** Segmenting is dear: a text that is short enough in UTF-16 units is not segmented, a long one not to its end. */
function hasAtMost(maxGraphemes: number, text: string): boolean {
  if (text.length <= maxGraphemes) return true
  let count = 0
  for (const _grapheme of graphemes.segment(text)) {
    count += 1
    if (count > maxGraphemes) return false
  }
  return true
}
