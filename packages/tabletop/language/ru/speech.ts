import { createSpeech } from '../speech'

/** The numbers of Russian. */
export const speech = createSpeech('ru')
