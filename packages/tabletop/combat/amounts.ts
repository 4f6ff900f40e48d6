import type { Refusal } from '@innkeeper/rooms/room-type'
import { parseDice } from '../dice/parse-dice'
import { rollDice } from '../dice/roll-dice'
import type { DamagePart } from '../rules/rules'
import { diceRefused } from '../table/dice-refused'
import { damageTypes, type DamageType } from '../table/creatures'
import type { TableDice } from '../table/table-dice'

/** @returns the number that was given, or what the dice for it came to; never below 0 */
export function rollAmount(amount: number | string, dice: TableDice): { readonly total: number } | Refusal {
  const rolled = rollParts(amount, dice)
  if ('refused' in rolled) return rolled
  return { total: rolled.parts.reduce((sum, part) => sum + part.amount, 0) }
}

/** @returns damage by type, as the dice name it: `2d6 [fire] + 3 [cold]` */
export function rollParts(
  amount: number | string,
  dice: TableDice,
): { readonly parts: readonly DamagePart[] } | Refusal {
  if (typeof amount === 'number') return { parts: [{ amount, type: null }] }
  const parsed = parseDice(amount)
  if ('error' in parsed) return diceRefused(parsed.error)
  const result = rollDice(parsed.expression, dice.die)
  if ('error' in result) return diceRefused(result.error)
  const [outcome] = result.outcomes
  if (result.outcomes.length !== 1 || !outcome)
    return { refused: 'validation-failed', detail: 'One total is expected here, not several' }
  const { types } = result
  if (!types) return { parts: [{ amount: Math.max(0, outcome.total), type: null }] }
  return {
    parts: types.map((type, index) => ({
      amount: Math.max(0, outcome.parts?.[index]?.total ?? 0),
      type: toDamageType(type),
    })),
  }
}

function toDamageType(text: string | null): DamageType | null {
  return damageTypes.find((type) => type === text?.toLowerCase()) ?? null
}
