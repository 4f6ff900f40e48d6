import type { CombatantStats } from '../table/creatures'
import type { Character } from './character'
import { explain } from './explained'
import { blankSheet } from './sheet'
import { initiativeParts, saveParts } from './test-parts'

/**
 * What a fight takes from a sheet. Conditions and exhaustion are not in it: the rules add them when something is rolled.
 *
 * @returns `dexModifier` is what goes to initiative, the sheet's own bonus in it
 */
export function characterStats({
  sheet,
}: Pick<Character, 'sheet'>): Pick<CombatantStats, 'defences' | 'conSave' | 'dexModifier'> {
  const known = sheet ?? blankSheet
  return {
    defences: known.defences,
    conSave: explain(saveParts(known, 'con')).value,
    dexModifier: explain(initiativeParts(known)).value,
  }
}
