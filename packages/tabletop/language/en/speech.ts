import { createSpeech } from '../speech'

/** The numbers of English. */
export const speech = createSpeech('en')
