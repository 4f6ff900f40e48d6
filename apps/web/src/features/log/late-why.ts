import { lateDialog } from '../table/late-parts'

/** Dozens of buttons open it, each its own. */
export const WhyDialog = lateDialog(() => import('./why-dialog.vue'))
