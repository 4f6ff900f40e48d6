import { z } from '@hono/zod-openapi'
import { limits } from '@innkeeper/protocol/limits'
import { someHouseRules, tableOptions } from '@innkeeper/tabletop/table/messages'
import type { Ban } from '../seats/table-book'
import { nameText, seatSchema, sessionSchema } from './session-schemas'

/** A lent role lasts a day at most. */
const lendMinutesMax = 24 * 60

/** POST /api/session/players/{uuid}/ban */
export const banBody = z
  .strictObject({
    minutes: z.int().min(1).max(limits.banMinutesMax).optional().openapi({ description: 'Absent: a year' }),
  })
  .openapi('BanSeat')

/** POST /api/session/players/{uuid}/lend */
export const lendBody = z
  .strictObject({ minutes: z.int().min(1).max(lendMinutesMax).openapi({ example: 60 }) })
  .openapi('LendRole')

/** Until when something holds. */
export const untilSchema = z
  .object({ until: z.number().openapi({ description: 'Milliseconds since the epoch' }) })
  .openapi('Until')

/** PATCH /api/session/players/{uuid} */
export const renameBody = z.strictObject({ name: nameText }).openapi('RenameSeat')

/** What renaming answers. */
export const renamedSchema = z.object({ player: seatSchema }).openapi('RenamedSeat')

/** PATCH /api/session: what is absent stays as it is. */
export const editTableBody = z
  .strictObject({
    name: nameText.optional(),
    language: tableOptions.shape.language.unwrap().optional(),
    edition: tableOptions.shape.edition.unwrap().optional(),
    houseRules: someHouseRules.optional().openapi({ description: 'What is absent stays as it is' }),
    joinable: z.boolean().optional().openapi({ description: 'Whether new players may sit down' }),
  })
  .openapi('EditTable')

/** What editing answers. */
export const editedTableSchema = z.object({ session: sessionSchema }).openapi('EditedTable')

/** POST /api/session/join-code */
export const joinCodeSchema = z.object({ code: z.string() }).openapi('JoinCode')

const banSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    holdsAccount: z.boolean().openapi({ description: 'Whether an account is held, and not just the name' }),
    createdAt: z.number(),
    until: z.number(),
  })
  .openapi('TableBan')

/** GET /api/session/bans */
export const banListSchema = z.object({ bans: z.array(banSchema) }).openapi('TableBans')

/** The path of a route about one ban. */
export const banParams = z.object({ id: z.string().max(64) })

/** A ban for the game master. */
export function toBanItem({ id, name, holdsAccount, createdAt, until }: Ban): z.infer<typeof banSchema> {
  return { id, name, holdsAccount, createdAt, until }
}
