import { rollingOf } from '../rules/d20-tests'
import type { Effect } from '../rules/effect'
import { effectsOf } from '../rules/effects'
import { abilities, type Ability, type Edition, type Vitals } from '../table/creatures'
import { damageOf, type Damage } from './attack-damage'
import { armorClassOf, capacityOf, carriedOf, speedOf } from './body-numbers'
import { explain, present, type Explained, type Part } from './explained'
import { abilityModifier, abilityPart, explainTest, proficiencyBonus, totalLevel } from './modifiers'
import { countOf, toD20Test, traitsOn } from './influences'
import {
  hitDice,
  movements,
  skills,
  type HitDie,
  type Movement,
  type Sheet,
  type Skill,
  type Spellcasting,
} from './sheet'
import { attackParts, initiativeParts, saveParts, skillParts, spellParts } from './test-parts'

/** What a creature is under. */
export type Affected = Pick<Vitals, 'conditions' | 'exhaustion'>

/** What follows from a sheet as its character is now: conditions and exhaustion count. */
export interface Derived {
  readonly level: number
  readonly proficiencyBonus: Explained
  /** The modifiers of the scores themselves. */
  readonly abilities: Readonly<Record<Ability, Explained>>
  /** What is added to a d20: so in all that follow, up to initiative. */
  readonly checks: Readonly<Record<Ability, Explained>>
  readonly saves: Readonly<Record<Ability, Explained>>
  readonly skills: Readonly<Record<Skill, Explained>>
  readonly initiative: Explained
  readonly passives: Readonly<Record<PassiveSkill, Explained>>
  readonly armorClass: Explained
  /** In feet; those that the sheet has. */
  readonly speeds: Readonly<Partial<Record<Movement, Explained>>>
  /** In pounds. */
  readonly carryingCapacity: Explained
  readonly carried: Explained
  /** Those of all levels, by die. */
  readonly hitDice: Readonly<Partial<Record<HitDie, number>>>
  /** null: casts none. */
  readonly spells: { readonly saveDc: Explained; readonly attack: Explained } | null
  /** In the order of the sheet. */
  readonly attacks: readonly DerivedAttack[]
}

/** An attack with its numbers. */
export interface DerivedAttack {
  readonly id: string
  readonly toHit: Explained
  /** null: it does none. */
  readonly damage: Damage | null
}

/** Skills that count without a roll. */
export const passiveSkills = ['perception', 'insight', 'investigation'] as const
export type PassiveSkill = (typeof passiveSkills)[number]

const passiveBase = 10
/** What advantage is worth on a score that nobody rolls for. */
const passiveStep = 5
const spellDcBase = 8

/** @returns every number that the sheet leads to, each explained */
export function derive(sheet: Sheet, affected: Affected, edition: Edition): Derived {
  const effects = effectsOf(affected, edition)
  return {
    level: totalLevel(sheet),
    proficiencyBonus: proficiencyBonus(sheet),
    abilities: recordOf(abilities, (ability) => scoreModifier(sheet, ability)),
    checks: recordOf(abilities, (ability) => explainTest([abilityPart(sheet, ability)], effects)),
    saves: recordOf(abilities, (ability) => explainTest(saveParts(sheet, ability), effects)),
    skills: recordOf(skills, (skill) => explainTest(skillParts(sheet, skill), effects)),
    initiative: explainTest(initiativeParts(sheet), effects),
    passives: recordOf(passiveSkills, (skill) => passiveScore(sheet, effects, skill)),
    armorClass: armorClassOf(sheet),
    speeds: recordOf(
      movements.filter((movement) => sheet.speeds[movement] !== undefined),
      (movement) => speedOf(sheet.speeds[movement] ?? 0, effects),
    ),
    carryingCapacity: capacityOf(sheet),
    carried: carriedOf(sheet),
    hitDice: hitDiceOf(sheet),
    spells: sheet.spellcasting && spellNumbers(sheet, sheet.spellcasting, effects),
    attacks: sheet.attacks.map((attack) => ({
      id: attack.id,
      toHit: explainTest(attackParts(sheet, attack), effects),
      damage: damageOf(sheet, attack),
    })),
  }
}

/** @returns how many hit dice of each size all levels bring */
export function hitDiceOf({ classes }: Pick<Sheet, 'classes'>): Readonly<Partial<Record<HitDie, number>>> {
  const brought = hitDice.filter((die) => classes.some(({ hitDie }) => hitDie === die))
  return recordOf(brought, (die) => totalLevel({ classes: classes.filter(({ hitDie }) => hitDie === die) }))
}

function scoreModifier({ abilities: scores }: Sheet, ability: Ability): Explained {
  const score = scores[ability]
  return explain([{ source: 'score', params: { ability, score }, amount: abilityModifier(score) }])
}

function spellNumbers(sheet: Sheet, spellcasting: Spellcasting, effects: readonly Effect[]) {
  const parts = spellParts(sheet, spellcasting)
  return {
    // Nobody rolls a DC: what is taken off a d20 is not taken off it.
    saveDc: explain(present([{ source: 'base', amount: spellDcBase }, ...parts])),
    attack: explainTest(parts, effects),
  }
}

/** Advantage that always holds is 5 more, disadvantage 5 less. */
function passiveScore(sheet: Sheet, effects: readonly Effect[], skill: Skill): Explained {
  const check = { kind: 'skill', key: skill } as const
  const { mode } = rollingOf({ ...toD20Test(check), ...countOf(traitsOn(sheet, check)) }, effects)
  const step: readonly Part[] =
    mode === 'straight' ? [] : [{ source: mode, amount: mode === 'advantage' ? passiveStep : -passiveStep }]
  return explainTest([{ source: 'base', amount: passiveBase }, ...skillParts(sheet, skill), ...step], effects)
}

function recordOf<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Readonly<Record<Key, Value>> {
  return parseRecord<Key, Value>(keys.map((key) => [key, valueOf(key)]))
}

/** `Object.fromEntries` forgets which keys there are. */
function parseRecord<Key extends string, Value>(entries: readonly (readonly [Key, Value])[]) {
  return Object.fromEntries(entries) as Record<Key, Value>
}
