import { loadConfusables } from './confusables'
import { lazily } from './lazily'

const ascii = /^[\0-\x7f]*$/u
const invisible = /\p{Default_Ignorable_Code_Point}+/gu
// Its compatibility form is a sigma, but what a reader sees is a c.
const lunateSigma = /[ϲϹ]/gu
// The i/l/1 class has no dot of its own, so a dot on top changes nothing that a reader would see.
const dotOnStroke = /l\u0307+/gu

/**
 * The shape that a reader sees: two texts with the same skeleton can be mistaken for each other, so only one of them
 * may be a name in the same place. It is UTS #39's skeleton with compatibility forms, letter case and the classes
 * i/l/1/|/!/ı, 0/o and w/vv folded as well.
 *
 * Only for comparing and for unique indexes; never shown. NFC and NFD forms have the same skeleton, and a skeleton is
 * its own skeleton. Never fails: lone surrogates stay as they are.
 */
export function skeleton(text: string): string {
  if (isAscii(text)) return foldAscii(text)
  const folded = fold(text.replace(lunateSigma, 'c').normalize('NFKD').replace(invisible, '')).normalize(
    'NFD',
  )
  return folded.replace(dotOnStroke, 'l')
}

/** Nothing in an ASCII text has another normal form, or a mark. */
export function isAscii(text: string): boolean {
  return ascii.test(text)
}

function fold(text: string): string {
  const confusables = loadConfusables()
  let folded = ''
  for (const character of text) folded += confusables.get(character) ?? foldCase(character, confusables)
  return folded
}

/** The shape of each ASCII character, by its code: most names have no others. */
const loadAsciiShapes = lazily(() =>
  Array.from({ length: 128 }, (_, code) => fold(String.fromCharCode(code))),
)

function foldAscii(text: string): string {
  const shapes = loadAsciiShapes()
  let folded = ''
  for (let at = 0; at < text.length; at += 1) folded += shapes[text.charCodeAt(at)] ?? ''
  return folded
}

function foldCase(character: string, confusables: ReadonlyMap<string, string>): string {
  const lower = character.toLowerCase()
  return confusables.get(lower) ?? lower
}
