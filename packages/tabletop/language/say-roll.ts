import type { DiceRolled } from '../table/messages'
import { catalogueOf } from './catalogue-of'
import type { Language } from './languages'
import { printDiceFor } from './print-dice-for'

/**
 * @param name  of who rolled
 * @returns what was rolled and what came of it: `Ana rolls 2d20kh1+5 (Attack): 22`
 */
export function sayRoll(roll: DiceRolled, name: string, language: Language): string {
  const { roll: say, speech } = catalogueOf(language)
  const notation = printDiceFor(language, roll.expression)
  const dice = roll.label === undefined ? notation : `${notation} (${roll.label})`
  if ('concealed' in roll) return say.concealed({ name, dice })
  const { result } = roll
  const totals = 'totals' in result ? result.totals : [result.total]
  return say.shown({ name, dice, totals: totals.map(speech.number).join(', ') })
}
