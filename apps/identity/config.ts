import { resolve } from 'node:path'
import { z } from 'zod'
import {
  choiceSetting,
  databaseUrlSetting,
  httpUrlSetting,
  logLevels,
  originsSetting,
  portSetting,
  readSettings,
  trustProxySetting,
  type Environment,
} from '@innkeeper/web-kit/settings'

const shape = {
  PORT: portSetting(7778),
  HOST: z.string().default('127.0.0.1').describe('an address of this machine, such as 127.0.0.1 or 0.0.0.0'),
  PUBLIC_URL: httpUrlSetting().optional(),
  IDENTITY_AUDIENCE: z
    .string()
    .min(1)
    .max(200)
    .default('innkeeper')
    .describe('the name of who takes the tokens'),
  DATA_DIR: z
    .string()
    .default('data')
    .transform((path) => resolve(path))
    .describe('a folder that can be written'),
  DATABASE_URL: databaseUrlSetting(),
  REDIS_URL: z
    .string()
    .regex(/^(redis|rediss):\/\/\S+$|^redis-cluster:\/\/[^\s/]+:\d+(,[^\s/]+:\d+)*$/)
    .optional()
    .describe('redis://host:port, rediss://host:port or redis-cluster://host:port,host:port'),
  REDIS_PREFIX: z
    .string()
    .max(40)
    .default('')
    .describe('a text of at most 40 characters, put before every key'),
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
