import { z } from 'zod'
import { hpDisplays } from '../table/creatures'
import { filledLineOf, lineOf, textOf } from '../table/plain-text'
import { hitDice, slotLevels } from './sheet'
import { characterLimits } from './sheet-limits'
import { sheetId, sheetChanges, sheetSchema } from './sheet-schema'

const id = z.string().min(1).max(64).describe('The character')
const owner = z.string().min(1).max(128).nullable().describe('A player’s uuid; null: the GM')
const amount = z.int().min(1).max(999)

/** What is written around a sheet. Without defaults: an edit leaves out what stays. */
const fields = {
  name: filledLineOf(characterLimits.name),
  isHidden: z.boolean().describe('For the GM: other players do not know that it exists'),
  hpShown: z.enum(hpDisplays).describe('What other players see of its hit points'),
  summary: lineOf(characterLimits.summary).describe('As in `Half-elf bard 3`: everyone reads it'),
  publicNotes: textOf(characterLimits.notes),
  gmNotes: textOf(characterLimits.notes).describe('For the GM'),
}

/** A character as it is written down; all but its name has a default. */
export const writtenCharacter = z.strictObject({
  ...z.strictObject(fields).exactPartial().shape,
  name: fields.name,
  sheet: sheetSchema.exactOptional(),
})

/** A new character. Who says nothing of the owner is it; the GM’s own have none. */
export const creation = writtenCharacter.extend({ owner: owner.exactOptional() })
export type Creation = z.infer<typeof creation>

/** An edit: each field that is there is replaced as a whole. */
export const edit = z.strictObject({
  id,
  revision: z
    .int()
    .min(0)
    .describe('The highest of `revisions` that the editor has seen: what changed after it is refused'),
  changes: z
    .strictObject({ ...fields, sheet: sheetChanges })
    .exactPartial()
    .refine(
      ({ sheet, ...rest }) => Object.keys({ ...sheet, ...rest }).length > 0,
      'Expected at least one field',
    ),
})
export type Edit = z.infer<typeof edit>

export const removal = z.strictObject({ id })
export type Removal = z.infer<typeof removal>

export const gift = z.strictObject({ id, owner })
export type Gift = z.infer<typeof gift>

/** Something that is used up, or comes back. */
export const spending = z.discriminatedUnion('what', [
  z.strictObject({
    id,
    what: z.literal('slot'),
    key: z.enum([...slotLevels, 'pact']).describe('The level of the slot'),
    amount: amount.default(1),
  }),
  z.strictObject({ id, what: z.literal('resource'), key: sheetId, amount: amount.default(1) }),
  z.strictObject({ id, what: z.literal('hit-die'), key: z.enum(hitDice), amount: amount.default(1) }),
])
export type Spending = z.infer<typeof spending>
