import { lateDialog } from '../table/late-parts'

export const HpPad = lateDialog(() => import('./hp-pad.vue'))
export const ConditionsSheet = lateDialog(() => import('./conditions-sheet.vue'))
export const CombatantSheet = lateDialog(() => import('./combatant-sheet.vue'))
export const GroupSheet = lateDialog(() => import('./group-sheet.vue'))
export const FightMenu = lateDialog(() => import('./fight-menu.vue'))
export const EndFightSheet = lateDialog(() => import('./end-fight-sheet.vue'))
export const ShortcutHelp = lateDialog(() => import('./shortcut-help.vue'))
export const AddCombatants = lateDialog(() => import('../monsters/add-combatants-dialog.vue'))
