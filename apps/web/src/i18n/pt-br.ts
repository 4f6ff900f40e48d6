import type { en } from './en'
import { sitePtBR } from './texts/site/pt-br'
import { homePtBR } from './texts/home/pt-br'
import { accountPtBR } from './texts/account/pt-br'
import { awayPtBR } from './texts/away/pt-br'
import { tablePtBR } from './texts/table/pt-br'
import { connectionPtBR } from './texts/connection/pt-br'
import { combatPtBR } from './texts/combat/pt-br'
import { monstersPtBR } from './texts/monsters/pt-br'
import { charactersPtBR } from './texts/characters/pt-br'
import { dicePtBR } from './texts/dice/pt-br'
import { diceProblemPtBR } from './texts/dice-problem/pt-br'
import { logPtBR } from './texts/log/pt-br'
import { peoplePtBR } from './texts/people/pt-br'
import { screenPtBR } from './texts/screen/pt-br'
import { offlinePtBR } from './texts/offline/pt-br'
import { verifyPtBR } from './texts/verify/pt-br'
import { problemPtBR } from './texts/problem/pt-br'

/** Brazilian Portuguese. */
export const ptBR: typeof en = {
  site: sitePtBR,
  home: homePtBR,
  account: accountPtBR,
  away: awayPtBR,
  table: tablePtBR,
  connection: connectionPtBR,
  combat: combatPtBR,
  monsters: monstersPtBR,
  characters: charactersPtBR,
  dice: dicePtBR,
  diceProblem: diceProblemPtBR,
  log: logPtBR,
  people: peoplePtBR,
  screen: screenPtBR,
  offline: offlinePtBR,
  verify: verifyPtBR,
  problem: problemPtBR,
}
