import type { Viewer } from '@innkeeper/rooms/room-type'
import { hpLabel } from '../rules/hit-points'
import type { AppliedCondition, Combat, Combatant, HpLabel, Vitals } from './creatures'

/** How close a viewer is to an entity: the GM, the player whose it is, anyone else. */
export type Closeness = 'gm' | 'owner' | 'other'

/** @returns how close; whoever only watches is anyone, even where their uuid owns something */
export function closenessOf({ owner }: { readonly owner: string | null }, viewer: Viewer): Closeness {
  if (viewer.role === 'gm') return 'gm'
  return viewer.role === 'player' && viewer.uuid === owner ? 'owner' : 'other'
}

/** @returns what a viewer may know of a creature's vitals; null: not even that they exist */
export function viewVitals(vitals: Vitals, viewer: Viewer): Vitals | null {
  const closeness = closenessOf(vitals, viewer)
  if (closeness === 'gm') return vitals
  if (closeness === 'other' && vitals.isHidden) return null
  const { id, kind, owner, isHidden, hpShown, life, exhaustion } = vitals
  const known = { id, kind, owner, isHidden, hpShown, life, exhaustion }
  return closeness === 'owner'
    ? { ...known, ...ownPart(vitals) }
    : { ...known, ...publicPart(vitals), conditions: vitals.conditions.map(publicCondition) }
}

type PartOf<Entity, Known extends keyof Entity> = Omit<Entity, Known>
type KnownOfVitals = 'id' | 'kind' | 'owner' | 'isHidden' | 'hpShown' | 'life' | 'exhaustion'

function ownPart(vitals: Vitals): PartOf<Vitals, KnownOfVitals> {
  const { hitPoints, deathSaves, concentration, concentrationChecks, spent } = vitals
  const conditions = vitals.conditions.map(ownCondition)
  return { hitPoints, label: null, deathSaves, concentration, concentrationChecks, spent, conditions }
}

function publicPart(vitals: Vitals): PartOf<Vitals, KnownOfVitals | 'conditions'> {
  const isExact = vitals.hpShown === 'exact'
  return {
    hitPoints: isExact ? vitals.hitPoints : null,
    label: vitals.hpShown === 'label' && vitals.hitPoints !== null ? shownLabel(vitals) : null,
    deathSaves: isExact ? vitals.deathSaves : null,
    // What a player's character concentrates on was cast before everyone's eyes.
    concentration: vitals.kind === 'character' ? vitals.concentration : null,
    concentrationChecks: [],
    spent: null,
  }
}

/**
 * The word that players read for the hit points of others. The edition could halve the maximum, but is none of this
 * entity's: the word goes by the whole maximum.
 */
export function shownLabel(vitals: Vitals): HpLabel {
  return hpLabel(vitals, '2024')
}

function ownCondition(applied: AppliedCondition): AppliedCondition {
  const { endsOnHealing } = applied
  return { ...publicCondition(applied), ...(endsOnHealing === undefined ? {} : { endsOnHealing }) }
}

function publicCondition(applied: AppliedCondition): AppliedCondition {
  const { id, condition, isOpen, source, until, impliedBy, note } = applied
  return {
    id,
    condition,
    ...(impliedBy === undefined ? {} : { impliedBy }),
    ...(isOpen === undefined ? {} : { isOpen }),
    ...(isOpen === undefined || source === undefined ? {} : { source }),
    ...(isOpen === undefined || until === undefined ? {} : { until }),
    ...(isOpen === undefined || note === undefined ? {} : { note }),
  }
}

/** @returns the row in the order of initiative as a viewer may see it; null: there is none for them */
export function viewCombatant(combatant: Combatant, viewer: Viewer): Combatant | null {
  const closeness = closenessOf(combatant, viewer)
  if (closeness === 'gm') return combatant
  if (closeness === 'other' && combatant.isHidden) return null
  const { id, kind, owner, isHidden, initiative, rank, status } = combatant
  const { isSurprised, isReactionUsed, name, alias, group, rider } = combatant
  const isOwner = closeness === 'owner'
  return {
    id,
    kind,
    owner,
    isHidden,
    initiative,
    rank,
    status,
    isSurprised,
    isReactionUsed,
    name: isOwner ? name : (alias ?? name),
    alias: isOwner ? alias : null,
    // Both may tell of creatures that the viewer does not see, and a group's name of what an alias hides.
    group: isOwner ? group : null,
    rider: isOwner ? rider : null,
    stats: null,
  }
}

/** @returns the fight as a viewer may see it */
export function viewCombat(combat: Combat, viewer: Viewer): Combat {
  if (viewer.role === 'gm') return combat
  const { phase, round, turn } = combat
  return { phase, round, turn, real: null }
}
