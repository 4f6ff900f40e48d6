import { siteEn } from './texts/site/en'
import { homeEn } from './texts/home/en'
import { accountEn } from './texts/account/en'
import { awayEn } from './texts/away/en'
import { tableEn } from './texts/table/en'
import { connectionEn } from './texts/connection/en'
import { combatEn } from './texts/combat/en'
import { monstersEn } from './texts/monsters/en'
import { charactersEn } from './texts/characters/en'
import { diceEn } from './texts/dice/en'
import { diceProblemEn } from './texts/dice-problem/en'
import { logEn } from './texts/log/en'
import { peopleEn } from './texts/people/en'
import { screenEn } from './texts/screen/en'
import { offlineEn } from './texts/offline/en'
import { verifyEn } from './texts/verify/en'
import { problemEn } from './texts/problem/en'

/** Every text of the page, by feature. The other languages have the same keys, which the compiler checks. */
export const en = {
  site: siteEn,
  home: homeEn,
  account: accountEn,
  away: awayEn,
  table: tableEn,
  connection: connectionEn,
  combat: combatEn,
  monsters: monstersEn,
  characters: charactersEn,
  dice: diceEn,
  diceProblem: diceProblemEn,
  log: logEn,
  people: peopleEn,
  screen: screenEn,
  offline: offlineEn,
  verify: verifyEn,
  problem: problemEn,
}
