import { z } from '@hono/zod-openapi'
import { refuseLength } from '../accounts/password-rules'
import { parseUsername } from '../accounts/username'
import { identityLimits } from '../identity-limits'

const { usernameMinChars, usernameMaxChars, passwordMaxChars, deviceNameChars } = identityLimits

const usernameRule = `${usernameMinChars} to ${usernameMaxChars} of a-z 0-9 . _ -, starting with a letter or digit`

/** A name to sign in with. Capitals are read as small letters. */
const username = z
  .string()
  .transform((text, context) => {
    const name = parseUsername(text)
    if (name === undefined) context.addIssue({ code: 'custom', message: `Expected ${usernameRule}` })
    return name ?? z.NEVER
  })
  .openapi({ type: 'string', description: usernameRule, example: 'wirt' })

/** A password to be checked: anything that could be one. Taken exactly as typed. */
const knownPassword = z
  .string()
  .min(1)
  .refine((text) => refuseLength(text) !== 'too_long', `At most ${passwordMaxChars} characters`)
  .refine((text) => text.isWellFormed(), 'The text is broken')
  .openapi({ type: 'string', format: 'password' })

/** A password to be set: its rules are judged with a problem of their own (`password-refused`). */
const newPassword = z.string().openapi({ type: 'string', format: 'password', minLength: 8, maxLength: 128 })

const device = z.string().max(deviceNameChars).optional().openapi({ description: 'What to call this device' })

/** POST /auth/register */
export const registerBody = z
  .object({
    username,
    password: newPassword,
    nick: z
      .string()
      .optional()
      .openapi({ description: 'The name that others see; the username when absent' }),
    device,
  })
  .openapi('Register')

/** POST /auth/login */
export const loginBody = z.object({ username, password: knownPassword, device }).openapi('Login')

/** POST /auth/refresh */
export const refreshBody = z.object({ refreshToken: z.string().min(1) }).openapi('Refresh')

/** PATCH /auth/account */
export const accountPatch = z.object({ nick: z.string() }).openapi('AccountPatch')

/** DELETE /auth/account */
export const accountRemoval = z.object({ password: knownPassword }).openapi('AccountRemoval')

/** POST /auth/password */
export const passwordChange = z
  .object({ current: knownPassword, next: newPassword })
  .openapi('PasswordChange')

/** The answer to signing in and to each refresh. */
export const signedIn = z
  .object({
    token: z.string().openapi({ description: 'The identity token' }),
    expiresIn: z.int().openapi({ description: 'Seconds until the identity token ends', example: 900 }),
    refreshToken: z.string(),
    player: z.object({ uuid: z.string(), nick: z.string() }),
  })
  .openapi('SignedIn')

/** An account as its owner sees it. Times in epoch milliseconds. */
export const accountView = z
  .object({
    uuid: z.string(),
    username: z.string(),
    nick: z.string(),
    createdAt: z.number(),
    passwordChangedAt: z.number(),
  })
  .openapi('Account')

/** A sign-in as its owner sees it: where and when, never a token. */
export const signInView = z
  .object({
    id: z.string(),
    current: z.boolean().openapi({ description: 'Whether this request came from it' }),
    device: z.object({
      name: z.string().optional(),
      userAgent: z.string().optional(),
      ipPrefix: z.string().optional(),
    }),
    createdAt: z.number(),
    lastUsedAt: z.number(),
    expiresAt: z.number(),
  })
  .openapi('SignIn')

/** GET /auth/sign-ins */
export const signInList = z.object({ signIns: z.array(signInView) }).openapi('SignIns')

/** A seat at a table that is linked to the account. */
export const linkedSeat = z
  .object({
    id: z.string().openapi({ description: "The table's" }),
    name: z.string(),
    role: z.string(),
    player: z.object({ uuid: z.string(), name: z.string() }),
    createdAt: z.number(),
    lastPlayedAt: z.number(),
  })
  .openapi('LinkedSeat')

/** GET /auth/export */
export const accountExport = z
  .object({
    exportedAt: z.number(),
    account: accountView,
    signIns: z.array(signInView),
    events: z.array(z.object({ at: z.number(), signIn: z.string(), kind: z.string(), detail: z.string() })),
    tables: z
      .array(linkedSeat)
      .optional()
      .openapi({ description: 'Absent where tables are kept by another process: ask its `GET /api/tables`' }),
  })
  .openapi('AccountExport')

/** GET /.well-known/jwks.json */
export const jwks = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string(),
        y: z.string(),
        kid: z.string(),
        use: z.literal('sig'),
        alg: z.literal('ES256'),
      }),
    ),
  })
  .openapi('KeySet')
