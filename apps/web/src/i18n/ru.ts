import type { en } from './en'
import { siteRu } from './texts/site/ru'
import { tableRu } from './texts/table/ru'
import { connectionRu } from './texts/connection/ru'
import { combatRu } from './texts/combat/ru'
import { charactersRu } from './texts/characters/ru'
import { diceRu } from './texts/dice/ru'
import { diceProblemRu } from './texts/dice-problem/ru'
import { logRu } from './texts/log/ru'
import { offlineRu } from './texts/offline/ru'
import { problemRu } from './texts/problem/ru'

/** Russian. */
export const ru: typeof en = {
  site: siteRu,
  table: tableRu,
  connection: connectionRu,
  combat: combatRu,
  characters: charactersRu,
  dice: diceRu,
  diceProblem: diceProblemRu,
  log: logRu,
  offline: offlineRu,
  problem: problemRu,
}
