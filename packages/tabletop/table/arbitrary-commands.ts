import fc from 'fast-check'
import { diceExpressionArbitrary, diceTextArbitrary } from '../dice/arbitrary-dice'
import { printDice } from '../dice/print-dice'
import { rollVisibilities } from './messages'

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
    },
    { requiredKeys: ['expression', 'visibility'] },
  )
  .map((payload) => ({ name: 'dice.roll', payload }))

const misshapen: fc.Arbitrary<RawCommand> = fc.record({
  name: fc.oneof(
    fc.constantFrom('dice.roll', 'dice.rolled', 'player.joined', '__proto__'),
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

/** Commands for a table: mostly rolls that are understood, some that are refused, some that are not rolls at all. */
export const tableCommandArbitrary: fc.Arbitrary<RawCommand> = fc.oneof(
  { weight: 6, arbitrary: roll },
  { weight: 1, arbitrary: misshapen },
)
