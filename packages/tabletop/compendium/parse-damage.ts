import { damageTypes, type DamageType } from '../table/creatures'
import type { MonsterDamage } from './monster'

/** What a hit does, and what it does instead in the case that the text names. */
export interface ParsedDamage {
  readonly damage: readonly MonsterDamage[]
  readonly otherwise?: readonly MonsterDamage[]
}

// `12 (2d6 + 5) slashing damage`, `1 piercing damage`, `3 (1d6) lightning or thunder damage`.
const phrase = String.raw`(\d+)(?: \((\d+d\d+(?: ?[+-] ?\d+)?)\))? (\w+)(?: or (\w+))? damage`
const first = new RegExp(`^${phrase}`)
const added = new RegExp(`^,? plus ${phrase}`)
const instead = new RegExp(`^(?: in melee)?,? or ${phrase}(?: (?:if|with|while|in|at) [^.,]*)?`)

/**
 * Reads damage where a text starts with it.
 *
 * @returns nothing when the text starts with something else
 */
export function parseDamage(text: string): ParsedDamage | undefined {
  let match = first.exec(text)
  if (!match) return undefined
  let damage = damageOf(match, 3)
  let otherwise: readonly MonsterDamage[] | undefined =
    match[4] === undefined ? undefined : damageOf(match, 4)
  let rest = text.slice(match[0].length)
  for (;;) {
    match = added.exec(rest)
    if (match) {
      const alternative = damageOf(match, match[4] === undefined ? 3 : 4)
      if (otherwise || match[4] !== undefined) otherwise = [...(otherwise ?? damage), ...alternative]
      damage = [...damage, ...damageOf(match, 3)]
    } else {
      match = otherwise ? null : instead.exec(rest)
      if (!match) return { damage, ...(otherwise ? { otherwise } : {}) }
      otherwise = damageOf(match, 3)
    }
    rest = rest.slice(match[0].length)
  }
}

/** @returns whether it is a kind of damage */
export function isDamageType(word: string): word is DamageType {
  return damageTypes.some((type) => type === word)
}

function damageOf(match: RegExpExecArray, typeAt: number): readonly MonsterDamage[] {
  const [, flat = '', dice] = match
  const type = match[typeAt] ?? ''
  if (!isDamageType(type)) return []
  return [{ expression: (dice ?? flat).replaceAll(' ', ''), type }]
}
