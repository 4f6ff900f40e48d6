import { lateDialog } from '../../table/late-parts'

export const HitPointsDialog = lateDialog(() => import('./hit-points-dialog.vue'))
export const RestDialog = lateDialog(() => import('./rest-dialog.vue'))
export const ConditionDialog = lateDialog(() => import('./condition-dialog.vue'))
export const ConditionPicker = lateDialog(() => import('./condition-picker.vue'))
