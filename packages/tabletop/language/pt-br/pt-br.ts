import type { Catalogue } from '../catalogue'
import { effects } from './effects'
import { lines } from './lines'
import { speech } from './speech'
import { parts, steps } from './steps'
import { words } from './words'

/** Brazilian Portuguese. */
export const ptBR: Catalogue = {
  speech,
  words,
  lines,
  steps,
  parts,
  effects,
  roll: {
    shown: ({ name, dice, totals }) => `${name} rola ${dice}: ${totals}`,
    concealed: ({ name, dice }) => `${name} rola ${dice} às cegas`,
  },
}
