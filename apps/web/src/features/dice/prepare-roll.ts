import { type D20Mode, withAdvantage } from './with-advantage'

/** What the tray holds before the dice are thrown. */
export interface Preparation {
  /** In the notation of any language. */
  readonly text: string
  readonly mode: D20Mode
  readonly modifier: number
}

/** @returns the expression to roll. Advantage has no meaning without one plain d20 and is left out then */
export function prepareRoll({ text, mode, modifier }: Preparation): string {
  const whole = withModifier(text.trim(), modifier)
  return withAdvantage(whole, mode) ?? whole
}

/** @returns whether advantage or disadvantage is wished for where it has no meaning */
export function isModeIdle({ text, mode }: Omit<Preparation, 'modifier'>): boolean {
  return withAdvantage(text, mode) === null
}

/**
 * Puts one more die to those that are there: `2d6` and a d6 are `3d6`, `2d6` and a d8 are `2d6+1d8`.
 *
 * @param sides  of the die
 */
export function addDie(text: string, sides: number): string {
  const [dice, label] = splitLabel(text)
  const rolled = dice.trim()
  if (rolled === '') return `1d${sides}${label}`
  // Only a plain term can grow: what is kept of 4d6kh3 would change its meaning.
  const plain = new RegExp(`(?<![\\p{L}\\d.])(\\d{0,3})[dдк]${sides}(?![\\p{L}\\d!%<>=])`, 'iu')
  const grown = rolled.replace(plain, (_term, count: string) => `${Number(count || 1) + 1}d${sides}`)
  return `${grown === rolled ? `${rolled}+1d${sides}` : grown}${label}`
}

function withModifier(text: string, modifier: number): string {
  if (modifier === 0) return text
  const [dice, label] = splitLabel(text)
  return `${dice.trimEnd()}${modifier > 0 ? '+' : '-'}${Math.abs(modifier)}${label}`
}

/** @returns the dice, and the label with the space before it */
function splitLabel(text: string): readonly [dice: string, label: string] {
  const at = text.indexOf('#')
  return at < 0 ? [text, ''] : [text.slice(0, at), ` ${text.slice(at)}`]
}
