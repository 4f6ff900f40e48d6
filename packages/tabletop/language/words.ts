import type { Coin, HitDie, Movement, Proficiency, Sense, Sheet, Skill } from '../characters/sheet'
import type { MonsterType, Size } from '../compendium/monster'
import type { ConcentrationEnd, DeathReason, HouseRules } from '../rules/rules'
import type { Ability, Combatant, Condition, DamageType, Edition, HpLabel } from '../table/creatures'
import type { RollVisibility, TableRole } from '../table/messages'
import type { Language } from './languages'

/** What dice do, in a word. */
export type DiceWord =
  | 'advantage'
  | 'disadvantage'
  | 'total'
  | 'dropped'
  | 'rerolled'
  | 'exploded'
  | 'success'
  | 'failure'
  | 'natural-20'
  | 'natural-1'
  | 'rounded-down'

/** The commands that can be undone, as far as they have a word of their own; `other` is for those that do not. */
export const undoableCommands = [
  'character.create',
  'character.import',
  'character.edit',
  'character.give',
  'character.remove',
  'character.spend',
  'character.regain',
  'character.rest',
  'combat.add',
  'combat.remove',
  'combat.edit',
  'combat.start',
  'combat.end',
  'combat.next',
  'combat.previous',
  'combat.end-turn',
  'combat.delay',
  'combat.ready',
  'combat.return',
  'combat.initiative',
  'combat.move',
  'combat.damage',
  'combat.heal',
  'combat.temporary-hp',
  'combat.set-hp',
  'combat.maximum',
  'combat.condition',
  'combat.remove-condition',
  'combat.exhaustion',
  'combat.concentrate',
  'combat.stop-concentrating',
  'combat.concentration-check',
  'combat.death-save',
  'combat.stabilise',
  'combat.revive',
  'combat.kill',
  'combat.reaction',
  'combat.use',
  'combat.recharge',
  'combat.rest',
  'other',
] as const
export type UndoableCommand = (typeof undoableCommands)[number]

/** What a character has besides its sheet. */
type CharacterField = 'name' | 'isHidden' | 'hpShown' | 'summary' | 'publicNotes' | 'gmNotes' | keyof Sheet

/**
 * Words for codes. Conditions, abilities, skills, editions and roles are names and begin with a capital where the
 * language has it so; all others are written as within a sentence.
 */
export interface Words {
  readonly abilities: Readonly<Record<Ability, string>>
  /** Three letters. */
  readonly abilitiesShort: Readonly<Record<Ability, string>>
  readonly skills: Readonly<Record<Skill, string>>
  readonly proficiencies: Readonly<Record<Proficiency, string>>
  readonly conditions: Readonly<Record<Condition, string>>
  readonly damageTypes: Readonly<Record<DamageType | 'untyped', string>>
  readonly editions: Readonly<Record<Edition, string>>
  readonly roles: Readonly<Record<TableRole, string>>
  readonly visibilities: Readonly<Record<RollVisibility, string>>
  readonly hpLabels: Readonly<Record<HpLabel, string>>
  readonly statuses: Readonly<Record<Combatant['status'], string>>
  readonly languages: Readonly<Record<Language, string>>
  readonly sizes: Readonly<Record<Size, string>>
  readonly monsterTypes: Readonly<Record<MonsterType, string>>
  readonly movements: Readonly<Record<Movement, string>>
  readonly senses: Readonly<Record<Sense, string>>
  readonly coins: Readonly<Record<Coin, string>>
  readonly hitDice: Readonly<Record<HitDie, string>>
  readonly dice: Readonly<Record<DiceWord, string>>
  readonly fields: Readonly<Record<CharacterField, string>>
  readonly commands: Readonly<Record<UndoableCommand, string>>
  readonly rests: Readonly<Record<'short' | 'long', string>>
  readonly counters: Readonly<Record<'legendaryActions' | 'legendaryResistances', string>>
  readonly concentrationEnds: Readonly<Record<ConcentrationEnd, string>>
  readonly deaths: Readonly<Record<DeathReason, string>>
  readonly houseRules: Readonly<Record<keyof HouseRules, string>>
}

/** @returns what a command is called; those without a name of their own are `other` */
export function commandIn({ commands }: Words, name: string): string {
  return commands[undoableCommands.find((known) => known === name) ?? 'other']
}
