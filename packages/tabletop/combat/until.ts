import type { z } from 'zod'
import type { Refusal } from '@innkeeper/rooms/room-type'
import type { Entities } from '../table/changes'
import type { Until } from '../table/creatures'
import { inOrder } from './order'
import type { untilPayload } from './payloads'
import { combatOf, realTurn } from './the-fight'

/**
 * @returns the round in which a condition ends: `turns` of them from now, where a turn under way still has its end
 *   before it and its start behind
 */
export function untilOf(
  game: Entities,
  { moment, of, turns }: z.infer<typeof untilPayload>,
): Until | Refusal {
  const combat = combatOf(game)
  const { round, turn } = realTurn(combat)
  const order = inOrder(game.combatant).map(({ id }) => id)
  const theirs = order.indexOf(of)
  if (!combat || theirs < 0)
    return { refused: 'conflict', detail: 'Whose turn it ends with is not in the fight' }
  const current = turn === null ? -1 : order.indexOf(turn)
  const isStillToCome = theirs > current || (theirs === current && moment === 'end')
  return { moment, of, round: Math.max(1, round) + turns - (isStillToCome ? 1 : 0) }
}
