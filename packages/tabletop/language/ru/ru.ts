import type { Catalogue } from '../catalogue'
import { effects } from './effects'
import { lines } from './lines'
import { speech } from './speech'
import { parts, steps } from './steps'
import { words } from './words'

/** Russian. */
export const ru: Catalogue = {
  speech,
  words,
  lines,
  steps,
  parts,
  effects,
  roll: {
    shown: ({ name, dice, totals }) => `${name} бросает ${dice}: ${totals}`,
    concealed: ({ name, dice }) => `${name} бросает ${dice} вслепую`,
  },
}
