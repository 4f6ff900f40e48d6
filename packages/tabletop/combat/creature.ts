import type { Refusal, Viewer } from '@innkeeper/rooms/room-type'
import { characterStats } from '../characters/character-stats'
import type { Entities } from '../table/changes'
import type { Combatant, CombatantStats, Vitals } from '../table/creatures'
import type { Context } from '../table/decision'
import { ownOf } from '../table/own-of'

/** A creature as the rules meet it: its vitals, and what its sheet or stat block says. */
export interface Creature {
  readonly id: string
  readonly name: string
  /** What players read in place of the name. */
  readonly alias: string | null
  readonly vitals: Vitals
  readonly stats: CreatureStats
}

/** The numbers that commands take from a sheet or a stat block. */
export type CreatureStats = Pick<CombatantStats, 'defences' | 'diesAtZero' | 'conSave' | 'dexModifier'>

/** @returns the character or monster with this id */
export function findCreature(game: Entities, id: string): Creature | undefined {
  const vitals = ownOf(game.vitals, id)
  const combatant = ownOf(game.combatant, id)
  const character = ownOf(game.character, id)
  if (!vitals) return undefined
  if (character) {
    const stats = { ...characterStats(character), diesAtZero: false }
    return { id, name: character.name, alias: combatant?.alias ?? null, vitals, stats }
  }
  if (!combatant?.stats) return undefined
  return { id, name: combatant.name, alias: combatant.alias, vitals, stats: combatant.stats }
}

/**
 * @returns the creatures, or why not: all of them must be there, and a player commands their own alone. A hidden one is
 *   not there for a player.
 */
export function commanded(
  game: Entities,
  by: Viewer,
  ids: readonly string[],
): { readonly creatures: readonly Creature[] } | Refusal {
  const creatures: Creature[] = []
  for (const id of new Set(ids)) {
    const creature = findCreature(game, id)
    const isOwn = creature?.vitals.owner === by.uuid
    if (!creature || (by.role !== 'gm' && creature.vitals.isHidden && !isOwn)) return unknownCreature(id)
    if (by.role !== 'gm' && !isOwn) return notYours
    creatures.push(creature)
  }
  return { creatures }
}

/** @returns the refusal of an id that nobody has */
export function unknownCreature(id: string): Refusal {
  return { refused: 'not-found', detail: 'There is no such creature at this table', extras: { entity: id } }
}

/**
 * @returns the row in the order, or why not: players move their own alone, and know nothing of those that are hidden from
 *   them
 */
export function commandedRow(
  { state: { game }, by }: Pick<Context, 'state' | 'by'>,
  id: string,
): Combatant | Refusal {
  const combatant = ownOf(game.combatant, id)
  const isOwn = combatant?.owner === by.uuid
  if (!combatant || (by.role !== 'gm' && combatant.isHidden && !isOwn)) return unknownCreature(id)
  return by.role === 'gm' || isOwn ? combatant : notYours
}

const notYours: Refusal = { refused: 'not-allowed', detail: 'This creature is not yours' }
