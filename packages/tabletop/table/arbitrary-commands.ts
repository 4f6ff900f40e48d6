import fc from 'fast-check'
import { diceExpressionArbitrary, diceTextArbitrary } from '../dice/arbitrary-dice'
import { printDice } from '../dice/print-dice'
import { conditions } from './creatures'
import { rollVisibilities } from './messages'
import type { TableState } from './table-state'

/** A command as a client sends it. */
export interface RawCommand {
  readonly name: string
  readonly payload: unknown
}

const expression = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('d20', '2d20kh1+5', '4d6kh3', '1d6!', '6x4d6', '40d6', '2d6+1 [fire] # burn'),
  },
  { weight: 2, arbitrary: diceExpressionArbitrary.map(printDice) },
  { weight: 1, arbitrary: diceTextArbitrary },
)

const roll: fc.Arbitrary<RawCommand> = fc
  .record(
    {
      expression,
      visibility: fc.constantFrom(...rollVisibilities),
      label: fc.string({ unit: 'grapheme', maxLength: 90 }),
      nonce: fc.string({ maxLength: 12 }),
    },
    { requiredKeys: ['expression', 'visibility'] },
  )
  .map((payload) => ({ name: 'dice.roll', payload }))

const misshapen: fc.Arbitrary<RawCommand> = fc.record({
  name: fc.oneof(
    fc.constantFrom('dice.roll', 'dice.rolled', 'player.joined', 'seat.role', 'table.edit', '__proto__'),
    fc.string({ maxLength: 64 }),
  ),
  payload: fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.record({
      expression: fc.jsonValue({ maxDepth: 1 }),
      visibility: fc.string(),
      label: fc.jsonValue({ maxDepth: 0 }),
    }),
    fc.constant(undefined),
  ),
})

/** Aimed at a table (see `aimed`), these are ids of what is there. */
const pick = (kind: string) => fc.nat({ max: 24 }).map((number) => `${kind}-${number}`)
const id = pick('creature')
const conditionId = pick('condition')
const checkId = pick('check')
const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 4 })
const amount = fc.oneof(
  fc.nat({ max: 60 }),
  fc.constantFrom('2d6+3', '8d6 [fire]', '1d4-5', '1d8 [cold] + 3'),
)
const optionally = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 })
const until = fc.record({
  moment: fc.constantFrom('start', 'end'),
  of: id,
  turns: fc.integer({ min: 1, max: 3 }),
})

const payloads: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'character.create': fc.record({
    name: fc.constantFrom('Ana', 'Bard', '龍'),
    isHidden: optionally(fc.boolean()),
  }),
  'character.edit': fc.record({
    id,
    revision: fc.nat({ max: 4 }),
    changes: fc.record(
      {
        name: fc.constantFrom('Anna', 'Bertram'),
        isHidden: fc.boolean(),
        hpShown: fc.constantFrom('exact', 'label', 'hidden'),
        gmNotes: fc.constantFrom('', 'a spy'),
        publicNotes: fc.constantFrom('', 'owes 5 gp'),
      },
      { requiredKeys: [] },
    ),
  }),
  'character.give': fc.record({ id, owner: fc.constantFrom('ana-1', 'boris-1', null) }),
  'character.remove': fc.record({ id }),
  'combat.add': fc.record({
    combatants: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('character'), id }),
        fc.record({
          kind: fc.constant('monster'),
          monster: fc.constantFrom('goblin', 'adult-red-dragon', 'lich', 'nobody'),
          count: fc.integer({ min: 1, max: 3 }),
          isHidden: fc.boolean(),
          hpShown: fc.constantFrom('exact', 'label', 'hidden'),
          alias: fc.constantFrom(null, 'A shape'),
          diesAtZero: fc.boolean(),
        }),
        fc.record({ kind: fc.constant('lair'), name: fc.constant('Lava'), isHidden: fc.boolean() }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  'combat.start': fc.record({ roll: fc.constantFrom('all', 'monsters', 'none') }),
  'combat.end': fc.constant({}),
  'combat.remove': fc.record({ targets: ids }),
  'combat.edit': fc.record({
    id,
    changes: fc.record(
      {
        isHidden: fc.boolean(),
        hpShown: fc.constantFrom('exact', 'label', 'hidden'),
        alias: fc.constantFrom(null, 'Someone'),
        initiative: fc.integer({ min: 1, max: 25 }),
        isSurprised: fc.boolean(),
        isOut: fc.boolean(),
        rider: fc.option(id),
        note: fc.constantFrom('', 'flees at 10'),
      },
      { requiredKeys: [] },
    ),
  }),
  'combat.initiative': fc.record({
    targets: optionally(ids),
    how: fc.constantFrom('roll', 'score'),
    advantage: optionally(fc.constantFrom('advantage', 'disadvantage')),
  }),
  'combat.move': fc.record({ id, next: id, place: fc.constantFrom('before', 'after') }),
  'combat.next': fc.constant({}),
  'combat.previous': fc.constant({}),
  'combat.end-turn': fc.constant({}),
  'combat.delay': fc.record({ id }),
  'combat.ready': fc.record({ id }),
  'combat.return': fc.record({ id }),
  'combat.damage': fc.record({
    targets: fc.array(fc.record({ id, isHalved: fc.boolean() }), { minLength: 1, maxLength: 4 }),
    amount,
    isCritical: fc.boolean(),
    knockOut: fc.boolean(),
  }),
  'combat.heal': fc.record({ targets: ids, amount }),
  'combat.temporary-hp': fc.record({ targets: ids, amount }),
  'combat.set-hp': fc.record({ id, now: fc.nat({ max: 40 }) }),
  'combat.maximum': fc.record({ targets: ids, by: fc.integer({ min: -10, max: 10 }) }),
  'combat.condition': fc.record({
    targets: ids,
    condition: fc.constantFrom(...conditions),
    until: optionally(until),
    source: optionally(id),
  }),
  'combat.remove-condition': fc.record({ id, condition: conditionId }),
  'combat.exhaustion': fc.record({ id, level: fc.nat({ max: 6 }) }),
  'combat.concentrate': fc.record({ id, spell: fc.constantFrom('Bless', 'Hold Person') }),
  'combat.concentration-check': fc.record({ id, check: checkId, isKept: optionally(fc.boolean()) }),
  'combat.death-save': fc.record({ id, face: optionally(fc.integer({ min: 1, max: 20 })) }),
  'combat.stabilise': fc.record({ id }),
  'combat.revive': fc.record({ id, hp: fc.integer({ min: 1, max: 10 }) }),
  'combat.kill': fc.record({ targets: ids }),
  'combat.stop-concentrating': fc.record({ id }),
  'combat.reaction': fc.record({ id, isUsed: fc.boolean(), isForced: fc.boolean() }),
  'combat.use': fc.record({
    id,
    counter: fc.constantFrom('legendaryActions', 'legendaryResistances'),
    isForced: fc.boolean(),
  }),
  'combat.rest': fc.record({ targets: ids, kind: fc.constantFrom('short', 'long') }),
  'combat.recharge': fc.record({ id, ability: fc.constant('Fire Breath'), isReady: fc.boolean() }),
  undo: fc.constant({}),
  redo: fc.constant({}),
  'dice.reseed': fc.constant({}),
}

/** Commands about sheets and the fight: most are understood, many refused because of who gives them or what is there. */
export const gameCommandArbitrary: fc.Arbitrary<RawCommand> = fc.oneof(
  ...Object.entries(payloads).map(([name, payload]) => ({
    weight: weightOf(name),
    arbitrary: payload.map((given) => ({ name, payload: JSON.parse(JSON.stringify(given)) as unknown })),
  })),
)

/** Without creatures there is little to do. */
function weightOf(name: string): number {
  return ['character.create', 'combat.add', 'combat.start', 'combat.next', 'combat.damage', 'undo'].includes(
    name,
  )
    ? 4
    : 1
}

/** Commands for a table: rolls, the game, and some that are not understood at all. */
export const tableCommandArbitrary: fc.Arbitrary<RawCommand> = fc.oneof(
  { weight: 4, arbitrary: roll },
  { weight: 12, arbitrary: gameCommandArbitrary },
  { weight: 1, arbitrary: misshapen },
)

/** @returns the payload with the ids that its picks stand for at this table; picks of what is not there stay */
export function aimed(payload: unknown, { game }: Pick<TableState, 'game'>): unknown {
  const vitals = Object.values(game.vitals)
  const known: Readonly<Record<string, readonly string[]>> = {
    creature: [...new Set([...Object.keys(game.vitals), ...Object.keys(game.combatant)])],
    condition: vitals.flatMap(({ conditions: applied }) => applied.map((each) => each.id)),
    check: vitals.flatMap(({ concentrationChecks }) => concentrationChecks.map((each) => each.id)),
  }
  return JSON.parse(JSON.stringify(payload ?? null), (_key, value: unknown) => {
    const [, kind = '', number] = typeof value === 'string' ? (/^([a-z]+)-(\d+)$/.exec(value) ?? []) : []
    const there = Object.hasOwn(known, kind) ? (known[kind] ?? []) : []
    return there[Number(number) % there.length] ?? value
  }) as unknown
}
