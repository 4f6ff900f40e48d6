import { homeEn } from './texts/home/en'
import { accountEn } from './texts/account/en'
import { awayEn } from './texts/away/en'
import { monstersEn } from './texts/monsters/en'
import { peopleEn } from './texts/people/en'
import { screenEn } from './texts/screen/en'
import { verifyEn } from './texts/verify/en'
import { sheetEn } from './texts/sheet/en'
import { fightSheetEn } from './texts/fight-sheet/en'
import { tableDialogEn } from './texts/table-dialog/en'

/** The texts of pages and panels that nobody at a table sees first, by feature. */
export const enLate = {
  home: homeEn,
  account: accountEn,
  away: awayEn,
  monsters: monstersEn,
  people: peopleEn,
  screen: screenEn,
  verify: verifyEn,
  sheet: sheetEn,
  fightSheet: fightSheetEn,
  tableDialog: tableDialogEn,
}
