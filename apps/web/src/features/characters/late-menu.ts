import { lateDialog } from '../table/late-parts'

/** Apart from the sheets that come late: it opens from one of them. */
export const CharacterMenu = lateDialog(() => import('./character-menu.vue'))
