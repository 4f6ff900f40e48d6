import type { en } from './en'
import { siteRu } from './texts/site/ru'
import { homeRu } from './texts/home/ru'
import { accountRu } from './texts/account/ru'
import { awayRu } from './texts/away/ru'
import { tableRu } from './texts/table/ru'
import { connectionRu } from './texts/connection/ru'
import { combatRu } from './texts/combat/ru'
import { monstersRu } from './texts/monsters/ru'
import { charactersRu } from './texts/characters/ru'
import { diceRu } from './texts/dice/ru'
import { diceProblemRu } from './texts/dice-problem/ru'
import { logRu } from './texts/log/ru'
import { peopleRu } from './texts/people/ru'
import { screenRu } from './texts/screen/ru'
import { offlineRu } from './texts/offline/ru'
import { verifyRu } from './texts/verify/ru'
import { problemRu } from './texts/problem/ru'

/** Russian. */
export const ru: typeof en = {
  site: siteRu,
  home: homeRu,
  account: accountRu,
  away: awayRu,
  table: tableRu,
  connection: connectionRu,
  combat: combatRu,
  monsters: monstersRu,
  characters: charactersRu,
  dice: diceRu,
  diceProblem: diceProblemRu,
  log: logRu,
  people: peopleRu,
  screen: screenRu,
  offline: offlineRu,
  verify: verifyRu,
  problem: problemRu,
}
