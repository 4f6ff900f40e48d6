import { lazily } from './lazily'

/** Which writing systems one word may mix: UTS #39 "moderately restrictive", word by word. */

const latinOnly = /^[\p{sc=Latin}\p{sc=Common}\p{sc=Inherited}]*$/u
const beyondLatin = /[^\p{sc=Latin}\p{sc=Common}\p{sc=Inherited}]/u
const betweenWords = /[^\p{L}\p{M}\p{N}]+/u

const eastAsian = [
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Bopomofo'],
  ['Han', 'Hangul'],
]
// Their letters cannot be taken for Latin ones, so "DJสมชาย" is no trick.
const besideLatin =
  'Arabic Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao Malayalam Myanmar Oriya ' +
  'Sinhala Tamil Telugu Thaana Thai Tibetan'
// Each full of letters that look Latin: only by themselves within a word.
const alone =
  'Cyrillic Greek Armenian Cherokee Coptic Lisu Canadian_Aboriginal Deseret Osage Tifinagh Vai Adlam Nko Syriac ' +
  'Mongolian Javanese Balinese Gothic Runic Ogham Old_Italic Glagolitic'

/** Each pattern accepts one whole word. Scripts that are in no list count as one, and mix with nothing. */
const loadWordPatterns = lazily((): readonly RegExp[] => {
  const toClass = (scripts: readonly string[]) => scripts.map((script) => `\\p{sc=${script}}`).join('')
  const toPattern = (scripts: readonly string[]) =>
    new RegExp(`^[\\p{sc=Common}\\p{sc=Inherited}${toClass(scripts)}]*$`, 'u')
  const listed = [...eastAsian.flat(), ...besideLatin.split(' '), ...alone.split(' '), 'Latin']
  return [
    ...eastAsian.map((scripts) => toPattern(['Latin', ...scripts])),
    ...besideLatin.split(' ').map((script) => toPattern(['Latin', script])),
    ...alone.split(' ').map((script) => toPattern([script])),
    new RegExp(`^[^${toClass(listed)}]*$`, 'u'),
  ]
})

/**
 * Whether a word mixes alphabets that can be taken for each other, as in "pаypal" with a Cyrillic а. Different words
 * may use different ones ("DJ Вася"): what a whole word can be taken for is the skeleton's business.
 */
export function mixesScripts(plain: string): boolean {
  if (latinOnly.test(plain)) return false
  return plain.split(betweenWords).some((word) => beyondLatin.test(word) && !isAllowed(word))
}

const isAllowed = (word: string) => loadWordPatterns().some((pattern) => pattern.test(word))
