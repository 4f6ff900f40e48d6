import { z } from '@hono/zod-openapi'
import { limits } from '@innkeeper/protocol/limits'
import { tableOptions } from '@innkeeper/tabletop/table/messages'
import type { DeviceGrant, SeatGrant } from '../grants'
import type { Seat, Session } from '../seats/seats'
import { tableSchema } from './game/table-schema'

// Names are judged by their own rules, which say more than a length; this only bounds what reaches them.
export const nameText = z.string().max(1_000)
const token = z.string().max(limits.tokenChars)

/** Bodies and answers of `/api/session`: what they are validated with is what /openapi.json says. */
export const openTableBody = z
  .strictObject({
    name: nameText.openapi({ example: 'Phandalin', description: 'What the table is called' }),
    gmName: nameText.openapi({ example: 'Mira', description: 'What the game master is called' }),
    language: tableOptions.shape.language,
    edition: tableOptions.shape.edition,
  })
  .openapi('OpenTable')

/** What joining takes. */
export const joinTableBody = z
  .strictObject({
    code: z
      .string()
      .max(64)
      .openapi({ example: 'QX7M-2KDP', description: 'Case, spaces and dashes do not matter' }),
    name: nameText.openapi({ example: 'Торин' }),
  })
  .openapi('JoinTable')

/** What recovering takes. */
export const recoverSeatBody = z
  .strictObject({ recoveryKey: z.string().max(128).openapi({ example: 'ABCDE-FGHJK-MNPQR-STUVW' }) })
  .openapi('RecoverSeat')

/** A refresh token, where it does not come as a header. */
export const refreshBody = z.strictObject({ refreshToken: token.optional() }).openapi('RefreshSession')

/** The header that links an account. */
export const accountHeader = z.object({
  tokenjwt: token.optional().openapi({ description: 'An identity token: links the account to the seat' }),
})

const tokenFields = {
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.int().openapi({ description: 'Seconds until the access token ends' }),
}

/** What a refresh answers. */
export const tokenPairSchema = z.object(tokenFields).openapi('SessionTokens')

/** A table, as anyone seated there may know it. */
export const sessionSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    language: z.string(),
    edition: z.string(),
    joinable: z.boolean().openapi({ description: 'Whether new players may sit down' }),
    createdAt: z.number().openapi({ description: 'Milliseconds since the epoch' }),
  })
  .openapi('Session')

/** A seat, as its table may know it. */
export const seatSchema = z
  .object({ uuid: z.string(), name: z.string(), role: z.enum(['gm', 'player']) })
  .openapi('Seat')

const grantFields = {
  session: sessionSchema,
  player: seatSchema,
  ...tokenFields,
  token: z.string().openapi({ description: 'Opens the live channel, /ws?token=' }),
}

/** What opens a seat on one more device, beside those that are there. */
export const deviceGrantSchema = z.object(grantFields).openapi('DeviceGrant')

/** What create, join and recover answer. */
export const seatGrantSchema = z
  .object({
    ...grantFields,
    recoveryKey: z.string().openapi({ description: 'Opens this seat on another device. Shown this once' }),
  })
  .openapi('SeatGrant')

/** What GET /api/session answers. */
export const sessionViewSchema = z
  .object({
    session: sessionSchema,
    player: seatSchema.openapi({ description: 'With the role as it is now, lent or own' }),
    isLinked: z.boolean().openapi({ description: 'Whether the seat belongs to an account' }),
    seq: z.int().openapi({ description: 'The newest event in `state`' }),
    state: tableSchema('TableState'),
    players: z.array(z.object({ uuid: z.string(), nick: z.string(), role: z.string() })).openapi({
      description: 'Who is connected',
    }),
  })
  .openapi('SessionView')

/** A table as anyone seated there may know it: what is listed here is shown. */
export function toSessionAnswer(session: Session): z.infer<typeof sessionSchema> {
  const { id, code, name, language, edition, isJoinable: joinable, createdAt } = session
  return { id, code, name, language, edition, joinable, createdAt }
}

/** A seat as its table may know it. */
export function toSeatAnswer({ uuid, name, role }: Seat): z.infer<typeof seatSchema> {
  return { uuid, name, role }
}

/** What opens a seat on one device, for its player alone. */
export function toDeviceAnswer(grant: DeviceGrant): z.infer<typeof deviceGrantSchema> {
  const { accessToken, refreshToken, expiresIn, channelToken: token } = grant
  return {
    session: toSessionAnswer(grant.session),
    player: toSeatAnswer(grant.seat),
    ...{ accessToken, refreshToken, expiresIn, token },
  }
}

/** The same with a new recovery key. */
export function toGrantAnswer(grant: SeatGrant): z.infer<typeof seatGrantSchema> {
  return { ...toDeviceAnswer(grant), recoveryKey: grant.recoveryKey }
}
