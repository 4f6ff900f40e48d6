import { pino, type DestinationStream } from 'pino'
import type { Log } from '@innkeeper/protocol/tools'

/**
 * Fields that hold secrets wherever they turn up. They are named here once; the test suite also greps every line that
 * it makes the servers write.
 */
const secretFields = [
  'token',
  'tokenJwt',
  'accessToken',
  'refreshToken',
  'ticket',
  'credential',
  'password',
  'recoveryKey',
  'secret',
  'authorization',
  'cookie',
  'jwtKey',
  'sec-websocket-protocol',
] as const
const redact = secretFields.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.*["${field}"]`])

/** What looks like a JWT, or a channel token in an address, wherever it stands in a text. */
const jwtPattern = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g
const addressTokenPattern = /([?&]token=)[^&\s"']+/g

/** @returns `text` with everything that looks like a token struck out */
export function withoutTokens(text: string): string {
  return text.replace(jwtPattern, '[secret]').replace(addressTokenPattern, '$1[secret]')
}

/** By name and not by enumeration: a client library hangs the arguments of the failed command on its errors. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const { name, message, stack, cause } = error
  const code = 'code' in error ? { code: String(error.code) } : {}
  return { name, message, ...code, stack, ...(cause === undefined ? {} : { cause: describeError(cause) }) }
}

/** One JSON object per line. Secrets are struck out by field and, as a second net, by their looks. */
export function createJsonLog(
  options: { readonly level: string; readonly service: string },
  destination?: DestinationStream,
): Log {
  const logger = pino(
    {
      level: options.level,
      base: { service: options.service },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redact, censor: '[secret]' },
      serializers: { error: describeError },
      hooks: { streamWrite: withoutTokens },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  )
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  }
}
