import { lateDialog } from '../table/late-parts'

export const MonsterSheet = lateDialog(() => import('./monster-sheet.vue'))
