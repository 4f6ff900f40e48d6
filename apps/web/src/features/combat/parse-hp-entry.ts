import { type DamageType, damageTypes } from '@innkeeper/tabletop/table/creatures'

/** What can be done to hit points with one entry. */
export const hpVerbs = ['damage', 'heal', 'temporary', 'set'] as const
export type HpVerb = (typeof hpVerbs)[number]

/** What an entry means. `amount`: a number, or dice for the table to roll. */
export type HpEntry =
  | { readonly verb: 'damage'; readonly amount: number | string; readonly type: DamageType | null }
  | { readonly verb: 'heal' | 'temporary'; readonly amount: number | string }
  | { readonly verb: 'set'; readonly amount: number }

/** Why an entry means nothing: nothing typed yet, not understood, more than the table takes, dice where none can be. */
export type HpProblem = 'empty' | 'unreadable' | 'too-big' | 'no-dice'
export type HpReading = { readonly entry: HpEntry } | { readonly problem: HpProblem }

/** What is known besides the text. */
export interface HpWords {
  /** What a bare number does. */
  readonly verb: HpVerb
  /** Names of damage types in the reader's language; the English ones are always understood. */
  readonly types: Readonly<Record<DamageType, string>>
}

const largestAmount = 9_999

/** Signs that say what is done, however the keyboard writes them. */
const signs: readonly (readonly [RegExp, HpVerb])[] = [
  [/^[-−–]/, 'damage'],
  [/^\+/, 'heal'],
  [/^[tтв](?![\p{L}])/iu, 'temporary'],
  [/^=/, 'set'],
]

/**
 * A sum of dice and numbers with damage types in brackets: what hit points are counted with. Whatever else dice can do is
 * for the dice panel.
 */
const term = String.raw`(?:\d+|\d*[dкд]\d+(?:(?:kh|kl|вл|вх)\d+)?)(?:\[[^\]]+\])?`
const dice = new RegExp(`^${term}(?:[-+]${term})*$`, 'iu')

/**
 * Reads what is typed for hit points: `7` or `-7` damage, `+5` healing, `t8` temporary, `=12` as they should be, dice
 * such as `2d6+3` in place of a number, and the beginning of a damage type behind it: `-7 fi`.
 */
export function parseHpEntry(text: string, { verb: usual, types }: HpWords): HpReading {
  const verb = signOf(text)?.[1] ?? usual
  const rest = withoutSign(text)
  if (rest === '') return { problem: 'empty' }
  const { amount: amountText, type } = splitType(rest, types)
  if (type === undefined) return { problem: 'unreadable' }
  if (type !== null && verb !== 'damage') return { problem: 'unreadable' }
  const amount = parseAmount(amountText)
  if (typeof amount === 'object') return amount
  if (verb === 'damage') return { entry: { verb, amount, type } }
  if (verb !== 'set') return { entry: { verb, amount } }
  return typeof amount === 'number' ? { entry: { verb, amount } } : { problem: 'no-dice' }
}

/** @returns what is typed behind a sign, or all of it where there is none */
export function withoutSign(text: string): string {
  const typed = text.trim()
  return signOf(text) === undefined ? typed : typed.slice(1).trim()
}

function signOf(text: string): (typeof signs)[number] | undefined {
  const typed = text.trim()
  return signs.find(([pattern]) => pattern.test(typed))
}

/** @returns `type` undefined: the word behind the amount is no damage type; null: there is no word */
function splitType(
  text: string,
  types: HpWords['types'],
): { readonly amount: string; readonly type: DamageType | null | undefined } {
  const [, amount = '', word = ''] = /^(.*?[\d\]])\s+(\p{L}[\p{L} ]*)$/u.exec(text) ?? [text, text]
  if (word === '') return { amount, type: null }
  const wanted = word.toLowerCase()
  const type = damageTypes.find(
    (known) => known.startsWith(wanted) || types[known].toLowerCase().startsWith(wanted),
  )
  return { amount, type }
}

function parseAmount(text: string): number | string | { readonly problem: HpProblem } {
  const plain = text.replaceAll(/[−–]/g, '-').replaceAll(/\s+(?![^[]*\])/g, '')
  if (/^\d+$/.test(plain)) {
    const amount = Number(plain)
    return amount <= largestAmount ? amount : { problem: 'too-big' }
  }
  return plain.length <= 200 && dice.test(plain) ? plain : { problem: 'unreadable' }
}
