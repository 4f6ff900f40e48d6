import type { EventFrame } from '@innkeeper/protocol/frames'
import { parseTableEvent } from '../table/parse-table'

/** @returns ids of the monsters that an event of `combat.add` has brought and that have no initiative yet */
export function monstersWithoutInitiative(frame: EventFrame): readonly string[] {
  const event = parseTableEvent(frame)
  if (event?.name !== 'combat.changed') return []
  return event.payload.changes.flatMap((change) => {
    const isWaiting =
      change.kind === 'combatant' && change.value?.kind === 'monster' && change.value.initiative === null
    return isWaiting ? [change.id] : []
  })
}
