import { z } from 'zod'
import type { Character } from '../characters/character'
import type { Sheet } from '../characters/sheet'
import { sheetId, sheetSchema } from '../characters/sheet-schema'
import {
  conditions,
  damageTypes,
  hpDisplays,
  lives,
  materials,
  type AppliedCondition,
  type Combat,
  type Combatant,
  type CombatantStats,
  type Defence,
  type HitPoints,
  type Spent,
  type Vitals,
} from '../table/creatures'
import { describes } from '../table/schemas/describes'
import { lineOf, textOf } from '../table/plain-text'

/** Ids have a hyphen in them, so that none is called what every object has. */
export const entityId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)+$/, 'Expected an id: letters and digits joined by hyphens')

/** Somebody at the table: a uuid, or within a document a `ref`. */
export const playerId = z.string().min(1).max(128)

/** One line that somebody wrote. Whatever a table has said may be longer than what it takes: names are numbered. */
export const someLine = lineOf(300)
const someText = textOf(4_000)

const owner = playerId.nullable()
const count = z.int().min(0).max(999_999)
const change = z.int().min(-999_999).max(999_999)
const counts = z.record(sheetId, count)
const deaths = z.int().min(0).max(3)
const round = z.int().min(0).max(1_000_000)

const condition = describes<AppliedCondition>()(
  z.strictObject({
    id: entityId,
    condition: z.enum(conditions),
    isOpen: z.literal(true).exactOptional(),
    source: entityId.exactOptional(),
    until: z.strictObject({ moment: z.enum(['start', 'end']), of: entityId, round }).exactOptional(),
    impliedBy: entityId.exactOptional(),
    endsOnHealing: z.literal(true).exactOptional(),
    note: someText.exactOptional(),
  }),
)

type WholeVitals = Vitals & {
  readonly hitPoints: HitPoints
  readonly label: null
  readonly deathSaves: NonNullable<Vitals['deathSaves']>
  readonly spent: Spent
}

/** Vitals as the GM sees them: whole. */
export const vitalsSchema = describes<WholeVitals>()(
  z.strictObject({
    id: entityId,
    kind: z.enum(['character', 'monster']),
    owner,
    isHidden: z.boolean(),
    hpShown: z.enum(hpDisplays),
    life: z.enum(lives),
    exhaustion: z.int().min(0).max(6),
    conditions: z.array(condition).max(200),
    hitPoints: z.strictObject({ now: count, max: count, maxChange: change, temporary: count }),
    label: z.null(),
    deathSaves: z.strictObject({ successes: deaths, failures: deaths }),
    concentration: someLine.nullable(),
    concentrationChecks: z.array(z.strictObject({ id: entityId, dc: count })).max(200),
    spent: z.strictObject({ slots: counts, resources: counts, hitDice: counts }),
  }),
)

const defence = describes<Defence>()(
  z.strictObject({
    type: z.enum(damageTypes),
    nonmagical: z.literal(true).exactOptional(),
    bypassedBy: z.enum(materials).exactOptional(),
  }),
)
const defenceList = z.array(defence).max(40)
const counter = z.strictObject({ max: count, used: count })

const stats = describes<CombatantStats>()(
  z.strictObject({
    monster: someLine.nullable(),
    armorClass: change.nullable(),
    dexModifier: change,
    conSave: change,
    defences: z.strictObject({
      resistances: defenceList,
      vulnerabilities: defenceList,
      immunities: defenceList,
      conditionImmunities: z.array(z.enum(conditions)).max(40),
    }),
    diesAtZero: z.boolean(),
    legendaryActions: counter.nullable(),
    legendaryResistances: counter.nullable(),
    recharges: z
      .array(z.strictObject({ name: someLine, from: z.int().min(1).max(6), isReady: z.boolean() }))
      .max(40),
    note: someText,
  }),
)

/** A row of the initiative as the GM sees it. */
export const combatantSchema = describes<Combatant>()(
  z.strictObject({
    id: entityId,
    kind: z.enum(['character', 'monster', 'lair']),
    owner,
    name: someLine,
    alias: someLine.nullable(),
    isHidden: z.boolean(),
    group: someLine.nullable(),
    initiative: z.number().min(-1_000).max(1_000).nullable(),
    rank: z.number(),
    status: z.enum(['active', 'delayed', 'readied', 'out']),
    isSurprised: z.boolean(),
    isReactionUsed: z.boolean(),
    rider: entityId.nullable(),
    stats: stats.nullable(),
  }),
)

/** The fight as the GM sees it. */
export const combatSchema = describes<Combat & { readonly real: NonNullable<Combat['real']> }>()(
  z.strictObject({
    phase: z.enum(['setup', 'running']),
    round,
    turn: entityId.nullable(),
    real: z.strictObject({ round, turn: entityId.nullable() }),
  }),
)

/** A character as the GM sees it. How often its fields were edited is no part of it. */
export const characterSchema = describes<Omit<Character, 'revisions'> & { readonly sheet: Sheet }>()(
  z.strictObject({
    id: entityId,
    owner,
    isHidden: z.boolean(),
    hpShown: z.enum(hpDisplays),
    name: someLine,
    summary: someLine,
    publicNotes: someText,
    sheet: sheetSchema,
    gmNotes: someText,
  }),
)
