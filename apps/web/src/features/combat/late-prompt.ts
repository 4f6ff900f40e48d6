import { firstPart } from '../table/late-parts'

/** Most of the time nothing is asked of anybody. */
export const DuePrompt = firstPart(() => import('./due-prompt.vue'))
