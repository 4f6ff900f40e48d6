import { z } from 'zod'
import { conditions, lives, type AppliedCondition, type Vitals } from '../table/creatures'
import { filledLineOf, lineOf } from '../table/plain-text'
import type { Character } from './character'
import { writtenCharacter } from './character-payloads'
import { freshVitals, spentWithin, type WholeCharacter } from './character-vitals'
import { sheetLimits } from './sheet-limits'
import { sheetSchema } from './sheet-schema'

const format = 'innkeeper-character'
const version = 1

const count = z.int().min(0).max(99_999)
const counts = z.record(z.string().max(40), count)
const deaths = z.int().min(0).max(3)
const conditionId = z.string().min(1).max(8)

const condition = z.strictObject({
  id: conditionId.describe('Within the document'),
  condition: z.enum(conditions),
  impliedBy: conditionId.exactOptional(),
  endsOnHealing: z.literal(true).exactOptional(),
  note: lineOf(sheetLimits.name).exactOptional(),
})

const vitals = z.strictObject({
  life: z.enum(lives),
  hitPoints: z.strictObject({
    now: count,
    maxChange: z.int().min(-99_999).max(99_999),
    temporary: count,
  }),
  exhaustion: z.int().min(0).max(6),
  conditions: z.array(condition).max(60),
  deathSaves: z.strictObject({ successes: deaths, failures: deaths }),
  concentration: filledLineOf(sheetLimits.name).nullable(),
  spent: z.strictObject({ slots: counts, resources: counts, hitDice: counts }),
})

/**
 * A character to take to another table: what its player knows of it. What the GM wrote, who may see it, and which
 * combatant caused a condition stay where they are.
 */
export const characterDocument = z
  .strictObject({
    format: z.literal(format, `Expected the format ${format}`),
    version: z.literal(version, `Expected version ${version}: this table reads no other`),
    character: z.strictObject({
      name: writtenCharacter.shape.name,
      hpShown: writtenCharacter.shape.hpShown.unwrap(),
      summary: writtenCharacter.shape.summary.unwrap(),
      publicNotes: writtenCharacter.shape.publicNotes.unwrap(),
      sheet: sheetSchema,
    }),
    vitals,
  })
  .superRefine(({ character: { sheet }, vitals: { life, hitPoints, conditions: applied } }, context) => {
    const fault = (path: readonly string[], message: string) =>
      context.addIssue({ code: 'custom', path: ['vitals', ...path], message })
    const maximum = Math.max(0, sheet.maxHitPoints + hitPoints.maxChange)
    if (hitPoints.now > maximum) fault(['hitPoints', 'now'], `Expected at most ${maximum}, the maximum`)
    if ((life === 'conscious') !== hitPoints.now > 0)
      fault(['life'], 'Expected conscious above 0 hit points, and only there')
    if (!isConnected(applied))
      fault(['conditions'], 'Expected ids that differ, and impliedBy to be one of them')
  })
export type CharacterDocument = z.infer<typeof characterDocument>

type DocumentCondition = z.infer<typeof condition>

function isConnected(applied: readonly DocumentCondition[]): boolean {
  const ids = new Set(applied.map(({ id }) => id))
  const isKnown = ({ impliedBy }: DocumentCondition) => impliedBy === undefined || ids.has(impliedBy)
  return ids.size === applied.length && applied.every(isKnown)
}

/** @returns the character as a document; null: its sheet or its vitals are not known here */
export function exportCharacter(character: Character, known: Vitals): CharacterDocument | null {
  const { name, hpShown, summary, publicNotes, sheet } = character
  const { hitPoints, deathSaves, spent, life, exhaustion, concentration } = known
  if (!sheet || !hitPoints || !deathSaves || !spent) return null
  const { now, maxChange, temporary } = hitPoints
  return {
    format,
    version,
    character: { name, hpShown, summary, publicNotes, sheet },
    vitals: {
      life,
      hitPoints: { now, maxChange, temporary },
      exhaustion,
      conditions: exportConditions(known.conditions),
      deathSaves,
      concentration,
      spent,
    },
  }
}

/** @returns the vitals that a document says, for the character that it became */
export function vitalsOf(
  { vitals: written }: CharacterDocument,
  character: WholeCharacter,
  newId: () => string,
): Vitals {
  const { life, hitPoints, exhaustion, deathSaves, concentration, spent } = written
  return {
    ...freshVitals(character),
    life,
    hitPoints: { ...hitPoints, max: character.sheet.maxHitPoints },
    exhaustion,
    deathSaves,
    concentration,
    spent: spentWithin(character.sheet, spent),
    conditions: importConditions(written.conditions, newId),
  }
}

/** A note that players may not read stays at the table, as do the combatants that a condition points to. */
function exportConditions(applied: readonly AppliedCondition[]): DocumentCondition[] {
  const ids = new Map(applied.map(({ id }, index) => [id, String(index + 1)]))
  return applied.map(({ id, condition: name, impliedBy, endsOnHealing, isOpen, note }) => ({
    ...withIds(ids, { id, impliedBy }),
    condition: name,
    ...(endsOnHealing === undefined ? {} : { endsOnHealing }),
    ...(isOpen === undefined || note === undefined ? {} : { note }),
  }))
}

function importConditions(
  written: readonly DocumentCondition[],
  newId: () => string,
): readonly AppliedCondition[] {
  const ids = new Map(written.map(({ id }) => [id, newId()]))
  return written.map(({ id, impliedBy, note, ...rest }) => ({
    ...rest,
    ...withIds(ids, { id, impliedBy }),
    ...(note === undefined ? {} : { note, isOpen: true }),
  }))
}

/** A cause that is gone is forgotten. */
function withIds(
  ids: ReadonlyMap<string, string>,
  { id, impliedBy }: { readonly id: string; readonly impliedBy: string | undefined },
): { readonly id: string; readonly impliedBy?: string } {
  const cause = impliedBy === undefined ? undefined : ids.get(impliedBy)
  return { id: ids.get(id) ?? id, ...(cause === undefined ? {} : { impliedBy: cause }) }
}
