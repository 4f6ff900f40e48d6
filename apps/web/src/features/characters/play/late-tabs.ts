import { latePart } from '../../table/late-parts'

// A sheet opens with its checks.
export const ActionsPart = latePart(() => import('./actions-part.vue'))
export const AboutPart = latePart(() => import('./about-part.vue'))
export const GearPart = latePart(() => import('./gear-part.vue'))
