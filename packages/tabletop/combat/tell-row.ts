import type { Combatant } from '../table/creatures'
import { gmLine, openLine, type Line } from '../table/log-lines'
import type { Told } from './tell'

/** @returns a line about a row of the initiative: everyone reads it by the name they know; of a hidden one only the GM */
export function tellRow(
  { name, alias, isHidden, owner }: Pick<Combatant, 'name' | 'alias' | 'isHidden' | 'owner'>,
  { code, params }: Told,
): Line {
  const full = { code, params: { name, ...params } }
  if (isHidden) return { ...gmLine(full), owner }
  if (alias === null) return openLine(full)
  return { owner, full, shown: { code, params: { name: alias, ...params } } }
}
