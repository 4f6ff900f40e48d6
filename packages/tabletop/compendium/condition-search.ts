import { conditions, type Condition } from '../table/creatures'
import { conditionAliases } from './condition-aliases'
import { findNamed, toNamed } from './name-search'

const index = conditions.map((condition) => toNamed(condition, [condition, ...conditionAliases[condition]]))

/**
 * Finds conditions by what people call them in English, Portuguese or Russian, whichever language they read. Where two
 * translations of the rules call different conditions by one word, both are found.
 *
 * @returns best first; all of them for an empty text
 */
export function searchConditions(text: string): readonly Condition[] {
  return findNamed(index, text)
}
