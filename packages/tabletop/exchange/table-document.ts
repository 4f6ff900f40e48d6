import { z } from 'zod'
import { characterLimits } from '../characters/sheet-limits'
import { tableOptions } from '../table/messages'
import { documentFaults } from './document-faults'
import {
  characterSchema,
  combatantSchema,
  combatSchema,
  entityId,
  someLine,
  vitalsSchema,
} from './entity-schemas'
import { lineSchema } from './line-schema'
import { rollSchema } from './roll-schema'

/** What a document may hold. */
const documentLimits = {
  players: 500,
  characters: characterLimits.perTable,
  combatants: 120,
  logEntries: 50_000,
  /** Any entity, and any entry of the log, as JSON in UTF-8: it has to fit into one command. */
  partBytes: 28 * 1024,
} as const

const ref = z.string().regex(/^p[1-9]\d{0,2}$/, 'Expected a player, as in p1')
const by = ref.nullable()
const at = z.int().min(0).max(8.64e15).describe('Milliseconds since the epoch')

const entry = z.discriminatedUnion('name', [
  z.strictObject({ at, by, name: z.literal('line'), payload: lineSchema }),
  z.strictObject({ at, by, name: z.literal('dice.rolled'), payload: rollSchema }),
])

/** A document, checked whole: what this lets through fits together, and is taken in without being looked at again. */
export const tableDocument = z
  .strictObject({
    format: z.literal('innkeeper-session', 'Expected the format innkeeper-session'),
    version: z.literal(1, 'Expected version 1: this table reads no other'),
    session: z.strictObject({
      name: tableOptions.shape.name.unwrap(),
      language: tableOptions.shape.language.unwrap(),
      edition: tableOptions.shape.edition.unwrap(),
      houseRules: tableOptions.shape.houseRules.unwrap().required(),
    }),
    players: z
      .array(z.strictObject({ ref, name: someLine, role: z.enum(['gm', 'player']) }))
      .min(1)
      .max(documentLimits.players),
    game: z.strictObject({
      character: recordOf(characterSchema, documentLimits.characters),
      vitals: recordOf(vitalsSchema, documentLimits.characters + documentLimits.combatants),
      combatant: recordOf(combatantSchema, documentLimits.combatants),
      combat: z.strictObject({ combat: combatSchema.exactOptional() }),
    }),
    log: z.array(entry).max(documentLimits.logEntries),
  })
  .superRefine((document, context) => {
    for (const { path, message } of documentFaults(document, documentLimits.partBytes))
      context.addIssue({ code: 'custom', path: [...path], message })
  })

function recordOf<Entity extends z.ZodType>(entity: Entity, max: number) {
  return z
    .record(entityId, entity)
    .refine((entities) => Object.keys(entities).length <= max, `Expected at most ${max}`)
}
