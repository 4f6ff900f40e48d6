import type { Refusal } from '@innkeeper/rooms/room-type'
import type { DiceError } from '../dice/dice-errors'

/** @returns the refusal of dice that could not be read or rolled: its code, and where */
export function diceRefused({ code, position, hint }: DiceError): Refusal {
  return { refused: 'dice-refused', detail: hint, extras: { diceCode: code, position, hint } }
}
