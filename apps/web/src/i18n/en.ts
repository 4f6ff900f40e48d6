import { siteEn } from './texts/site/en'
import { tableEn } from './texts/table/en'
import { connectionEn } from './texts/connection/en'
import { combatEn } from './texts/combat/en'
import { charactersEn } from './texts/characters/en'
import { diceEn } from './texts/dice/en'
import { diceProblemEn } from './texts/dice-problem/en'
import { logEn } from './texts/log/en'
import { offlineEn } from './texts/offline/en'
import { problemEn } from './texts/problem/en'

/**
 * The texts of a table's first look, by feature; `en-late.ts` has the others. The other languages have the same keys,
 * which the compiler checks.
 */
export const en = {
  site: siteEn,
  table: tableEn,
  connection: connectionEn,
  combat: combatEn,
  characters: charactersEn,
  dice: diceEn,
  diceProblem: diceProblemEn,
  log: logEn,
  offline: offlineEn,
  problem: problemEn,
}
