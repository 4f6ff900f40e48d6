import type { en } from './en'
import { sitePtBR } from './texts/site/pt-br'
import { tablePtBR } from './texts/table/pt-br'
import { connectionPtBR } from './texts/connection/pt-br'
import { combatPtBR } from './texts/combat/pt-br'
import { charactersPtBR } from './texts/characters/pt-br'
import { dicePtBR } from './texts/dice/pt-br'
import { diceProblemPtBR } from './texts/dice-problem/pt-br'
import { logPtBR } from './texts/log/pt-br'
import { offlinePtBR } from './texts/offline/pt-br'
import { problemPtBR } from './texts/problem/pt-br'

/** Brazilian Portuguese. */
export const ptBR: typeof en = {
  site: sitePtBR,
  table: tablePtBR,
  connection: connectionPtBR,
  combat: combatPtBR,
  characters: charactersPtBR,
  dice: dicePtBR,
  diceProblem: diceProblemPtBR,
  log: logPtBR,
  offline: offlinePtBR,
  problem: problemPtBR,
}
