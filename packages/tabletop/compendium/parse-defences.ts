import { conditions, type Condition, type Defence } from '../table/creatures'
import { isDamageType } from './parse-damage'

/** Defences as a stat block words them, in lists; `notes` is what fits in none. */
export interface ParsedDefences {
  readonly defences: readonly Defence[]
  readonly notes: readonly string[]
}

const unstructured = ['damage from spells', 'piercing from magic weapons wielded by good creatures']

/** @param lines  such as `bludgeoning, piercing, and slashing from nonmagical weapons that aren't silvered` */
export function parseDefences(lines: readonly string[]): ParsedDefences {
  const notes = lines.filter((line) => unstructured.includes(line))
  const defences = lines.filter((line) => !unstructured.includes(line)).flatMap(parseDefence)
  return { defences, notes }
}

function parseDefence(line: string): readonly Defence[] {
  const bypassedBy = /silver/.test(line) ? 'silvered' : /adamantine/.test(line) ? 'adamantine' : undefined
  const isNonmagical = /non ?magical/.test(line)
  return line
    .split(/[^a-z]+/)
    .filter(isDamageType)
    .map((type) => ({
      type,
      ...(isNonmagical ? { nonmagical: true as const } : {}),
      ...(bypassedBy ? { bypassedBy } : {}),
    }))
}

/** @returns those names that are conditions */
export function parseConditions(names: readonly string[]): readonly Condition[] {
  // Whoever is immune to blindness for want of eyes wants ears too. The data say `blinded` twice, for both.
  const meant = names.map((name, index) => (names.indexOf(name) < index ? 'deafened' : name))
  return conditions.filter((condition) => meant.includes(condition))
}
