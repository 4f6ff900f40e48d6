import { firstPart, lateDialog, latePart } from '../table/late-parts'

// The game master's first look is at the party: a sheet comes when one is opened, its forms in a quiet moment.
export const SheetView = firstPart(() => import('./sheet-view.vue'))
export const SheetEditor = latePart(() => import('./editor/sheet-editor.vue'))
export const NewCharacterDialog = lateDialog(() => import('./editor/new-character-dialog.vue'))
