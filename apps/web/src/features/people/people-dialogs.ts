import { lateDialog } from '../table/late-parts'

export const PlayerDialog = lateDialog(() => import('./player-dialog.vue'))
export const DevicesDialog = lateDialog(() => import('./devices-dialog.vue'))
export const KeyDialog = lateDialog(() => import('./key-dialog.vue'))
export const LinkDialog = lateDialog(() => import('./link-dialog.vue'))
export const LeaveDialog = lateDialog(() => import('./leave-dialog.vue'))
export const SettingsDialog = lateDialog(() => import('./settings-dialog.vue'))
export const BansDialog = lateDialog(() => import('./bans-dialog.vue'))
export const CloseDialog = lateDialog(() => import('./close-dialog.vue'))
export const KeepDialog = lateDialog(() => import('./keep-dialog.vue'))
export const DiceDialog = lateDialog(() => import('./dice-dialog.vue'))
export const CompendiumDialog = lateDialog(() => import('../monsters/compendium-dialog.vue'))
