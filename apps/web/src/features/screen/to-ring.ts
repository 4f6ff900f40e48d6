import { takesTurns } from '@innkeeper/tabletop/combat/order'
import type { Combatant, Vitals } from '@innkeeper/tabletop/table/creatures'
import { ownOf } from '@innkeeper/tabletop/table/own-of'

/** A place in the ring of initiative, as it is read from now on. */
export interface RingPlace {
  readonly combatant: Combatant
  readonly vitals: Vitals | undefined
  readonly isActing: boolean
  readonly isNext: boolean
  /** The first of the round to come. */
  readonly beginsRound: boolean
  /** No turn comes to it: it is dead, waits, or is out. */
  readonly isPassed: boolean
}

/**
 * Turns the order so that whoever acts comes first: from across a room one reads who is next, not who was.
 *
 * @param rows  as they act
 * @param turn  whose turn it is; null for none, and then the order begins where it begins
 */
export function toRing(
  rows: readonly Combatant[],
  turn: string | null,
  vitals: Readonly<Record<string, Vitals>>,
): readonly RingPlace[] {
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === turn),
  )
  const turned = [...rows.slice(at), ...rows.slice(0, at)]
  const places = turned.map((combatant, index) => {
    const own = ownOf(vitals, combatant.id)
    return {
      combatant,
      vitals: own,
      isActing: combatant.id === turn,
      beginsRound: at > 0 && index === rows.length - at,
      isPassed: !takesTurns(combatant, own),
    }
  })
  const next = places.findIndex(({ isActing, isPassed }) => !isActing && !isPassed)
  return places.map((place, index) => ({ ...place, isNext: turn !== null && index === next }))
}
