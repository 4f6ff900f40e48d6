import { resolve } from 'node:path'
import { z } from 'zod'
import { parseTrustedProxies, type TrustedProxies } from './client-ip'

/** A setting that cannot be used. The message names the setting, the value and what was expected, one per line. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/** The environment, as a process hands it over. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads and checks settings before anything starts. Every schema describes itself (`.describe('an integer …')`),
 * because that text is what an operator reads when a value does not fit. An empty value counts as absent.
 *
 * @param shape  one zod schema per variable, from a string (or undefined) to whatever the app wants
 * @param secrets  names whose value is never printed
 * @throws SettingsError naming every setting that does not fit
 */
export function readSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Environment,
  secrets: readonly string[] = [],
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.keys(shape).flatMap((name) =>
      env[name] === undefined || env[name] === '' ? [] : [[name, env[name]]],
    ),
  )
  const result = z.object(shape).safeParse(given)
  if (result.success) return result.data
  const names = new Set(result.error.issues.map((issue) => String(issue.path[0])))
  const lines = [...names].map((name) => {
    const value =
      given[name] === undefined
        ? 'is missing'
        : secrets.includes(name)
          ? 'is [secret]'
          : `is "${given[name]}"`
    return `${name} ${value}: expected ${shape[name] instanceof z.ZodType ? (shape[name].description ?? 'another value') : ''}`
  })
  throw new SettingsError(lines.join('\n'))
}

/** A whole number from `min` to `max`; absent, it is `fallback`. */
export function integerSetting(min: number, max: number, fallback: number): z.ZodType<number> {
  return z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .default(fallback)
    .describe(`a whole number from ${min} to ${max}`)
}

/** A TCP port; 0 lets the system choose. */
export function portSetting(fallback: number): z.ZodType<number> {
  return integerSetting(0, 65_535, fallback).describe('a port from 0 to 65535')
}

/** One of a few words; absent, it is the first. */
export function choiceSetting<const Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
): z.ZodType<Choice> {
  return z
    .enum(choices)
    .default(choices[0])
    .describe(`one of ${choices.join(', ')}`)
}

/** An address with `http:` or `https:`; its path is kept, a closing slash is not. */
export function httpUrlSetting(): z.ZodType<string> {
  return z
    .string()
    .refine((text) => isHttpUrl(text))
    .transform((text) => text.replace(/\/+$/, ''))
    .describe('an address such as https://play.example')
}

/** Origins, separated by commas; absent, there are none. */
export function originsSetting(): z.ZodType<readonly string[]> {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every((part) => isHttpUrl(part) && new URL(part).origin === part))
    .default([])
    .describe('origins such as https://play.example, separated by commas, without a path')
}

/** `TRUST_PROXY`: whose `X-Forwarded-For` is believed; absent, nobody's. */
export function trustProxySetting(): z.ZodType<TrustedProxies | undefined> {
  return z
    .string()
    .transform((text, context) => {
      const proxies = parseTrustedProxies(text)
      if (proxies === undefined) context.addIssue({ code: 'custom' })
      return proxies
    })
    .optional()
    .describe('addresses, CIDR ranges, loopback or private, separated by commas')
}

/** `sqlite` means a file of ours, `postgres` a server. Absent, the app chooses a file under its data directory. */
export function databaseUrlSetting(): z.ZodType<string | undefined> {
  return z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/)
    .optional()
    .describe('file:/path/to/a.sqlite or postgres://user:password@host/database')
}

/** Where Redis is, if anywhere. */
export function redisUrlSetting(): z.ZodType<string | undefined> {
  return z
    .string()
    .regex(/^(redis|rediss):\/\/\S+$|^redis-cluster:\/\/[^\s/]+:\d+(,[^\s/]+:\d+)*$/)
    .optional()
    .describe('redis://host:port, rediss://host:port or redis-cluster://host:port,host:port')
}

/** Keeps deployments that share a Redis apart. */
export function redisPrefixSetting(): z.ZodType<string> {
  return z.string().max(40).default('').describe('a text of at most 40 characters, put before every key')
}

/** Where a server listens; absent, on this machine alone. */
export function hostSetting(): z.ZodType<string> {
  return z.string().default('127.0.0.1').describe('an address of this machine, such as 127.0.0.1 or 0.0.0.0')
}

/** The folder of whatever a server keeps for itself, as an absolute path. */
export function dataDirSetting(): z.ZodType<string> {
  return z
    .string()
    .default('data')
    .transform((path) => resolve(path))
    .describe('a folder that can be written')
}

/** The levels that the log knows, quietest last. */
export const logLevels = ['info', 'debug', 'warn', 'error', 'silent'] as const

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:')
}
