import type { D20Mode } from '../rules/d20-tests'
import type { TableDice } from '../table/table-dice'

/** @returns the face that counts: of two dice with advantage or disadvantage, never of more */
export function rollD20({ die }: TableDice, mode: D20Mode): number {
  const first = die(20)
  if (mode === 'straight') return first
  const second = die(20)
  return mode === 'advantage' ? Math.max(first, second) : Math.min(first, second)
}
