import type { Refusal } from '@innkeeper/rooms/room-type'
import type { z } from 'zod'
import type { Monster, MonsterAbility } from '../compendium/monster'
import { findSrdMonster } from '../compendium/srd-monsters'
import type { Combatant, CombatantStats, Counter, Defences, HpDisplay, Vitals } from '../table/creatures'
import type { statBlock } from './roster-payloads'

/** A creature of the GM's, as its stat block describes it. */
export interface StatBlock {
  readonly name: string
  readonly maxHp: number
  /** Dice for its hit points; null: none. */
  readonly hitDice: string | null
  readonly stats: Omit<CombatantStats, 'diesAtZero'>
}

/** @returns the stat block of a monster in the compendium */
export function fromCompendium(id: string): StatBlock | Refusal {
  const monster = findSrdMonster(id)
  if (!monster)
    return {
      refused: 'validation-failed',
      detail: 'monster: The compendium has no such creature',
      extras: { field: 'monster' },
    }
  const { abilities, defences, saves } = monster
  return {
    name: monster.name,
    maxHp: monster.hitPoints,
    hitDice: monster.hitDice,
    stats: {
      monster: monster.id,
      armorClass: monster.armorClass,
      dexModifier: modifierOf(abilities.dex),
      conSave: saves.con ?? modifierOf(abilities.con),
      defences: withoutNotes(defences),
      legendaryActions: counterOf(monster.legendaryActionCount),
      legendaryResistances: counterOf(monster.legendaryResistancesPerDay),
      recharges: rechargesOf(monster),
      note: '',
    },
  }
}

/** @returns a stat block that the GM wrote */
export function fromHand(given: z.infer<typeof statBlock>): StatBlock {
  const { name, maxHp, armorClass, dexModifier, conSave, recharges } = given
  return {
    name,
    maxHp,
    hitDice: null,
    stats: {
      monster: null,
      armorClass,
      dexModifier,
      conSave,
      defences: withoutNotes(given),
      legendaryActions: counterOf(given.legendaryActions),
      legendaryResistances: counterOf(given.legendaryResistances),
      recharges: recharges.map((recharge) => ({ ...recharge, isReady: true })),
      note: '',
    },
  }
}

function modifierOf(score: number): number {
  return Math.floor((score - 10) / 2)
}

function counterOf(max: number): Counter | null {
  return max === 0 ? null : { max, used: 0 }
}

function withoutNotes({ resistances, vulnerabilities, immunities, conditionImmunities }: Defences): Defences {
  return { resistances, vulnerabilities, immunities, conditionImmunities }
}

function rechargesOf({ traits, actions }: Monster): CombatantStats['recharges'] {
  return [...traits, ...actions].flatMap(({ name, recharge }: MonsterAbility) =>
    recharge ? [{ name, from: recharge.from, isReady: true }] : [],
  )
}

/** What the GM says of monsters that come. */
export interface Arrival {
  readonly id: string
  readonly name: string
  readonly alias: string | null
  readonly isHidden: boolean
  readonly hpShown: HpDisplay
  readonly group: string | null
  readonly initiative: number | null
  readonly rank: number
  readonly diesAtZero: boolean
  readonly maxHp: number
}

/** @returns a monster in the fight, unhurt */
export function arrive(
  { stats }: StatBlock,
  arrival: Arrival,
): { readonly combatant: Combatant; readonly vitals: Vitals } {
  const { id, name, alias, isHidden, hpShown, group, initiative, rank, diesAtZero, maxHp } = arrival
  return {
    combatant: {
      id,
      kind: 'monster',
      owner: null,
      name,
      alias,
      isHidden,
      group,
      initiative,
      rank,
      status: 'active',
      isSurprised: false,
      isReactionUsed: false,
      rider: null,
      stats: { ...stats, diesAtZero },
    },
    vitals: {
      id,
      kind: 'monster',
      owner: null,
      isHidden,
      hpShown,
      life: 'conscious',
      exhaustion: 0,
      conditions: [],
      hitPoints: { now: maxHp, max: maxHp, maxChange: 0, temporary: 0 },
      label: null,
      deathSaves: { successes: 0, failures: 0 },
      concentration: null,
      concentrationChecks: [],
      spent: { slots: {}, resources: {}, hitDice: {} },
    },
  }
}
