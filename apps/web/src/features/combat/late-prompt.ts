import { latePart } from '../table/late-parts'

/** Most of the time nothing is asked of anybody. */
export const DuePrompt = latePart(() => import('./due-prompt.vue'))
