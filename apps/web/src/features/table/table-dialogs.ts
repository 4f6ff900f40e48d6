import { lateDialog } from './late-parts'

export const InviteDialog = lateDialog(() => import('./invite-dialog.vue'))
export const RecoveryKeyDialog = lateDialog(() => import('./recovery-key-dialog.vue'))
export const SyncDialog = lateDialog(() => import('./sync-dialog.vue'))
