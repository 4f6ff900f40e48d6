import { createSpeech } from '../speech'

/** The numbers of Brazilian Portuguese. */
export const speech = createSpeech('pt-BR')
