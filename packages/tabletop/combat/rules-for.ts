import type { CreatureRules } from '../rules/rules'
import type { Context } from '../table/decision'
import type { Creature } from './creature'

/** @returns the rules of this table for one creature */
export function rulesFor({ state, newId }: Context, { stats }: Creature): CreatureRules {
  return {
    edition: state.edition,
    house: state.houseRules,
    newId,
    diesAtZero: stats.diesAtZero,
    conditionImmunities: stats.defences.conditionImmunities,
  }
}
