import type { LineCode, LineParam } from '../table/log-lines'

/** What can be said: the lines of the log, and that somebody sat down. */
export type SayableCode = LineCode | 'player.joined'

const name = (value: unknown) => (typeof value === 'string' && value !== '' ? value : '…')
const maybeText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
const code = (value: unknown) => (typeof value === 'string' ? value : '')
const codes = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
const maybeNumber = (value: unknown) => (typeof value === 'number' ? value : null)
const flag = (value: unknown) => value !== false
const exception = (value: unknown) => value === true

const ofCreature = { name }
const ofSpell = { name, spell: maybeText }
const ofSpending = { name, what: code, key: code, amount: maybeNumber, left: maybeNumber, max: maybeNumber }
const ofCounter = { name, counter: code, count: maybeNumber }

/**
 * What goes into each line. Lines come from journals of any age: what is missing or of another type than it should be
 * becomes a gap that the sentence can do without.
 */
const shapes = {
  'table.opened': { name: maybeText },
  'table.renamed': { to: name },
  'table.imported': {},
  'edition.changed': { edition: code },
  'house-rules.changed': { rules: codes },
  'language.changed': { language: code },
  'player.joined': ofCreature,
  'player.renamed': { from: name, to: name },
  'player.removed': ofCreature,
  'player.linked': { name, isLinked: flag },
  'role.lent': { name, minutes: maybeNumber },
  'role.returned': ofCreature,
  'role.changed': { name, role: code },
  'seat.claimed': { name, state: code },
  'dice.seeded': { number: maybeNumber, isDisclosed: exception },
  'character.created': ofCreature,
  'character.edited': { name, fields: codes },
  'character.removed': ofCreature,
  'character.given': { name, to: maybeText },
  'character.rested': { name, kind: code },
  'character.spent': ofSpending,
  'character.regained': ofSpending,
  'combat.started': {},
  'combat.ended': {},
  'round.began': { round: maybeNumber },
  'turn.began': ofCreature,
  'turn.back': ofCreature,
  'combatant.joined': { name, count: maybeNumber },
  'combatant.left': ofCreature,
  'combatant.edited': ofCreature,
  'combatant.delayed': ofCreature,
  'combatant.readied': ofCreature,
  'combatant.returned': ofCreature,
  'initiative.rolled': { name, total: maybeNumber },
  damage: { name, amount: maybeNumber, types: codes },
  healing: { name, amount: maybeNumber },
  'temporary-hp': { name, amount: maybeNumber },
  'hp.set': { name, now: maybeNumber },
  'maximum.changed': { name, by: maybeNumber },
  'label.changed': { name, label: name },
  'condition.gained': { name, condition: code, rounds: maybeNumber },
  'condition.lost': { name, condition: code },
  'exhaustion.changed': { name, from: maybeNumber, to: maybeNumber },
  'concentration.began': ofSpell,
  'concentration.ended': { ...ofSpell, reason: code },
  'concentration.check': { name, dc: maybeNumber, total: maybeNumber },
  'concentration.kept': ofSpell,
  'death-save': {
    name,
    result: code,
    face: maybeNumber,
    successes: maybeNumber,
    failures: maybeNumber,
  },
  stabilised: ofCreature,
  died: { name, reason: code },
  fell: ofCreature,
  revived: ofCreature,
  'knocked-out': ofCreature,
  'counter.used': ofCounter,
  'counter.regained': ofCounter,
  recharged: { name, ability: name, isReady: flag },
  'reaction.used': ofCreature,
  undone: { what: code },
  redone: { what: code },
} as const satisfies Record<SayableCode, Readonly<Record<string, (value: unknown) => unknown>>>

type Shapes = typeof shapes
type Read<Shape> = {
  readonly [Key in keyof Shape]: Shape[Key] extends (value: unknown) => infer Value ? Value : never
}

/** The parameters of each line, as its sentence reads them. */
export type LineParams = { readonly [Code in SayableCode]: Read<Shapes[Code]> }

/** @returns the parameters of a line, whatever is in it */
export function parseLineParams<Code extends SayableCode>(
  of: Code,
  params: Readonly<Record<string, LineParam>>,
): LineParams[Code] {
  const entries = Object.entries<(value: unknown) => unknown>(shapes[of])
  return Object.fromEntries(
    entries.map(([key, read]) => [key, read(Object.hasOwn(params, key) ? params[key] : undefined)]),
  ) as LineParams[Code]
}
