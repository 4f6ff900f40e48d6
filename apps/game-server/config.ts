import { z } from 'zod'
import {
  choiceSetting,
  databaseUrlSetting,
  dataDirSetting,
  hostSetting,
  httpUrlSetting,
  integerSetting,
  logLevels,
  originsSetting,
  portSetting,
  readSettings,
  redisPrefixSetting,
  redisUrlSetting,
  SettingsError,
  trustProxySetting,
  type Environment,
} from '@innkeeper/web-kit/settings'

/** An issuer of identity tokens that runs somewhere else. */
const issuerSchema = z.strictObject({
  issuer: z.string().min(1),
  jwksUrl: z.url(),
  audience: z.string().min(1),
  claims: z.strictObject({ uuid: z.string().min(1), nick: z.string().min(1) }).optional(),
})

/** Values that stand in tutorials: as good as no secret. */
const knownSecrets =
  /^(.)\1*$|secret[-_ ]?key|change[-_ ]?me|your[-_ ]|example|password|0123456789|abcdefgh|^09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7$/i

const shape = {
  PORT: portSetting(7777),
  HOST: hostSetting(),
  PUBLIC_URL: httpUrlSetting().optional().describe('an address such as https://play.example'),
  NODE_URL: httpUrlSetting().optional().describe('an address such as https://node-1.play.example'),
  DATA_DIR: dataDirSetting(),
  DATABASE_URL: databaseUrlSetting(),
  REDIS_URL: redisUrlSetting(),
  REDIS_PREFIX: redisPrefixSetting(),
  JWT_SECRET_KEY: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= 32 && !knownSecrets.test(text))
    .optional()
    .describe('at least 32 bytes that nobody can guess, such as `openssl rand -base64 48` prints'),
  JWT_ALGORITHM: choiceSetting(['HS256', 'HS384', 'HS512']),
  ACCESS_TOKEN_EXPIRE_MINUTES: integerSetting(1, 30, 30),
  REFRESH_TOKEN_EXPIRE_DAYS: integerSetting(1, 90, 30),
  IDENTITY_ISSUERS: z
    .string()
    .transform((text, context) => {
      const parsed = z.array(issuerSchema).safeParse(parseJson(text))
      if (parsed.success) return parsed.data
      context.addIssue({ code: 'custom' })
      return z.NEVER
    })
    .optional()
    .describe('a JSON list of {"issuer","jwksUrl","audience","claims"?:{"uuid","nick"}}'),
  ALLOWED_ORIGINS: originsSetting(),
  TRUST_PROXY: trustProxySetting(),
  LOG_LEVEL: choiceSetting(logLevels),
  SOCKETS_MAX: integerSetting(1, 1_000_000, 20_000),
  SOCKETS_PER_IP: integerSetting(1, 1_000_000, 200),
  SOCKETS_ENTERING_PER_IP: integerSetting(1, 1_000_000, 100),
  SOCKET_MESSAGES_PER_SECOND: integerSetting(1, 1_000_000, 60),
  GUEST_TICKETS_PER_MINUTE: integerSetting(0, 1_000_000, 120).describe(
    'a whole number: guest tickets per address; 0: no limit',
  ),
}

/** The game-server's settings, checked. */
export type GameServerSettings = ReturnType<typeof readGameServerSettings>

/** @throws SettingsError naming every setting that cannot be used */
export function readGameServerSettings(env: Environment) {
  const settings = readSettings(shape, env, ['JWT_SECRET_KEY', 'DATABASE_URL', 'REDIS_URL'])
  if (settings.REDIS_URL !== undefined && settings.JWT_SECRET_KEY === undefined) {
    throw new SettingsError(
      `JWT_SECRET_KEY is missing: expected, with REDIS_URL, the same ${shape.JWT_SECRET_KEY.description ?? ''} on every node`,
    )
  }
  return settings
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // The schema refuses it, and says what was expected.
  }
}

/** The one look at the process' environment. */
export const environment: Environment = process.env
