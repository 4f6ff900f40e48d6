import type { enLate } from './en-late'
import { homePtBR } from './texts/home/pt-br'
import { accountPtBR } from './texts/account/pt-br'
import { awayPtBR } from './texts/away/pt-br'
import { monstersPtBR } from './texts/monsters/pt-br'
import { peoplePtBR } from './texts/people/pt-br'
import { screenPtBR } from './texts/screen/pt-br'
import { verifyPtBR } from './texts/verify/pt-br'
import { sheetPtBR } from './texts/sheet/pt-br'
import { fightSheetPtBR } from './texts/fight-sheet/pt-br'
import { tableDialogPtBR } from './texts/table-dialog/pt-br'

/** Brazilian Portuguese. */
export const ptBRLate: typeof enLate = {
  home: homePtBR,
  account: accountPtBR,
  away: awayPtBR,
  monsters: monstersPtBR,
  people: peoplePtBR,
  screen: screenPtBR,
  verify: verifyPtBR,
  sheet: sheetPtBR,
  fightSheet: fightSheetPtBR,
  tableDialog: tableDialogPtBR,
}
