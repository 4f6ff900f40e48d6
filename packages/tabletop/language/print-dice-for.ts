import type { Language } from './languages'

const inRussian: readonly (readonly [RegExp, string])[] = [
  [/(\d|^)d(?=\d|F)/g, '$1к'],
  [/kh(?=\d)/g, 'вл'],
  [/kl(?=\d)/g, 'вх'],
]

/**
 * Prints dice for readers of a language: `2к20вл1+5` in Russian, `2d20kh1+5` elsewhere. What stands in brackets is a
 * label, and stays. `parseDice` reads both.
 *
 * @param canonical  as `printDice` gives it, or a single die: `d8`
 */
export function printDiceFor(language: Language, canonical: string): string {
  if (language !== 'ru') return canonical
  return canonical
    .split(/(\[[^\]]*\])/)
    .map((piece) => (piece.startsWith('[') ? piece : toRussian(piece)))
    .join('')
}

function toRussian(notation: string): string {
  return inRussian.reduce((printed, [from, to]) => printed.replace(from, to), notation)
}
