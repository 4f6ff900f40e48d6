import type { enLate } from './en-late'
import { homeRu } from './texts/home/ru'
import { accountRu } from './texts/account/ru'
import { awayRu } from './texts/away/ru'
import { monstersRu } from './texts/monsters/ru'
import { peopleRu } from './texts/people/ru'
import { screenRu } from './texts/screen/ru'
import { verifyRu } from './texts/verify/ru'
import { sheetRu } from './texts/sheet/ru'
import { fightSheetRu } from './texts/fight-sheet/ru'
import { tableDialogRu } from './texts/table-dialog/ru'

/** Russian. */
export const ruLate: typeof enLate = {
  home: homeRu,
  account: accountRu,
  away: awayRu,
  monsters: monstersRu,
  people: peopleRu,
  screen: screenRu,
  verify: verifyRu,
  sheet: sheetRu,
  fightSheet: fightSheetRu,
  tableDialog: tableDialogRu,
}
