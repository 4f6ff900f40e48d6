import { z } from '@hono/zod-openapi'
import { limits } from '@innkeeper/protocol/limits'
import { tableOptions } from '@innkeeper/tabletop/table/messages'
import type { SeatGrant } from '../tables'
import type { Seat, Session } from '../seats/seats'

// Names are judged by their own rules, which say more than a length; this only bounds what reaches them.
const nameText = z.string().max(1_000)
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
const sessionSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    language: z.string(),
    edition: z.string(),
    createdAt: z.number().openapi({ description: 'Milliseconds since the epoch' }),
  })
  .openapi('Session')

/** A seat, as its table may know it. */
const seatSchema = z
  .object({ uuid: z.string(), name: z.string(), role: z.enum(['gm', 'player']) })
  .openapi('Seat')

/** What create, join and recover answer. */
export const seatGrantSchema = z
  .object({
    session: sessionSchema,
    player: seatSchema,
    ...tokenFields,
    token: z.string().openapi({ description: 'Opens the live channel, /ws?token=' }),
    recoveryKey: z.string().openapi({ description: 'Opens this seat on another device. Shown this once' }),
  })
  .openapi('SeatGrant')

/** What GET /api/session answers. */
export const sessionViewSchema = z
  .object({
    session: sessionSchema,
    player: seatSchema,
    seq: z.int().openapi({ description: 'The newest event in `state`' }),
    state: z.unknown().openapi({ description: 'The table as this player may see it' }),
    players: z.array(z.object({ uuid: z.string(), nick: z.string(), role: z.string() })).openapi({
      description: 'Who is connected',
    }),
  })
  .openapi('SessionView')

/** A table as anyone seated there may know it: what is listed here is shown. */
export function toSessionAnswer(session: Session): z.infer<typeof sessionSchema> {
  const { id, code, name, language, edition, createdAt } = session
  return { id, code, name, language, edition, createdAt }
}

/** A seat as its table may know it. */
export function toSeatAnswer({ uuid, name, role }: Seat): z.infer<typeof seatSchema> {
  return { uuid, name, role }
}

/** A new seat with its secrets, for its player alone. */
export function toGrantAnswer(grant: SeatGrant): z.infer<typeof seatGrantSchema> {
  const { accessToken, refreshToken, expiresIn, channelToken, recoveryKey } = grant
  return {
    session: toSessionAnswer(grant.session),
    player: toSeatAnswer(grant.seat),
    accessToken,
    refreshToken,
    expiresIn,
    token: channelToken,
    recoveryKey,
  }
}
