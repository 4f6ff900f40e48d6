import { z } from 'zod'
import {
  choiceSetting,
  databaseUrlSetting,
  dataDirSetting,
  hostSetting,
  httpUrlSetting,
  logLevels,
  originsSetting,
  portSetting,
  readSettings,
  redisPrefixSetting,
  redisUrlSetting,
  trustProxySetting,
  type Environment,
} from '@innkeeper/web-kit/settings'

const shape = {
  PORT: portSetting(7778),
  HOST: hostSetting(),
  PUBLIC_URL: httpUrlSetting().optional(),
  IDENTITY_AUDIENCE: z
    .string()
    .min(1)
    .max(200)
    .default('innkeeper')
    .describe('the name of who takes the tokens'),
  DATA_DIR: dataDirSetting(),
  DATABASE_URL: databaseUrlSetting(),
  REDIS_URL: redisUrlSetting(),
  REDIS_PREFIX: redisPrefixSetting(),
  ALLOWED_ORIGINS: originsSetting(),
  TRUST_PROXY: trustProxySetting(),
  LOG_LEVEL: choiceSetting(logLevels),
}

/** The identity service's settings, checked. */
export type IdentityAppSettings = ReturnType<typeof readIdentitySettings>

/** @throws SettingsError naming every setting that cannot be used */
export function readIdentitySettings(env: Environment) {
  return readSettings(shape, env, ['DATABASE_URL', 'REDIS_URL'])
}

/** The one look at the process' environment. */
export const environment: Environment = process.env
