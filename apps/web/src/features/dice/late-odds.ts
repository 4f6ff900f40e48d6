import { lateDialog } from '../table/late-parts'

export const OddsDialog = lateDialog(() => import('./odds-dialog.vue'))
