import type { Step } from '../rules/trace'

/** What the log can say, as codes: everyone reads it in their own language. */
export const lineCodes = [
  'table.opened',
  'table.renamed',
  'table.imported',
  'edition.changed',
  'house-rules.changed',
  'language.changed',
  'player.renamed',
  'player.removed',
  'player.linked',
  'role.lent',
  'role.returned',
  'role.changed',
  'seat.claimed',
  'dice.seeded',
  'character.created',
  'character.edited',
  'character.removed',
  'character.given',
  'character.rested',
  'character.spent',
  'character.regained',
  'combat.started',
  'combat.ended',
  'round.began',
  'turn.began',
  'turn.back',
  'combatant.joined',
  'combatant.left',
  'combatant.edited',
  'combatant.delayed',
  'combatant.readied',
  'combatant.returned',
  'initiative.rolled',
  'damage',
  'healing',
  'temporary-hp',
  'hp.set',
  'maximum.changed',
  'label.changed',
  'condition.gained',
  'condition.lost',
  'exhaustion.changed',
  'concentration.began',
  'concentration.ended',
  'concentration.check',
  'concentration.kept',
  'death-save',
  'stabilised',
  'died',
  'fell',
  'revived',
  'knocked-out',
  'counter.used',
  'counter.regained',
  'recharged',
  'reaction.used',
  'undone',
  'redone',
] as const
export type LineCode = (typeof lineCodes)[number]

/** One thing that happened: a code with what goes into its sentence, and why its numbers are what they are. */
export interface Said {
  readonly code: LineCode
  /** Names, numbers, codes and lists of codes. */
  readonly params: Readonly<Record<string, LineParam>>
  readonly why?: readonly Step[]
}
export type LineParam = string | number | boolean | null | readonly string[]

/**
 * A line as it is written down: `full` for the GM and for `owner`, `shown` for everyone else. Which of the two a viewer
 * gets is decided when it is written, so that nothing that is hidden then can be read later.
 */
export interface Line {
  /** A player's uuid who may read `full` as well. */
  readonly owner: string | null
  /** null in the views of those who may not read it. */
  readonly full: Said | null
  /** null: nobody else knows of it. */
  readonly shown: Said | null
}

/** @returns a line that everyone reads alike */
export function openLine(said: Said): Line {
  return { owner: null, full: null, shown: said }
}

/** @returns a line for the GM alone */
export function gmLine(said: Said): Line {
  return { owner: null, full: said, shown: null }
}

/** @returns what a viewer reads of a line of their view */
export function saidOf(line: Line): Said | null {
  return line.full ?? line.shown
}
