import type { TokenPair } from '@innkeeper/client/token-refresh'
import { parseNumber, parseRecord, parseStrings, parseText } from './parse'

/** @returns the pair of a seat that was taken or refreshed, with its life by this device's clock @throws TypeError */
export function parseTokenPair(answer: unknown): TokenPair {
  const { accessToken, refreshToken, expiresIn } = parseRecord(answer)
  const life = { forMs: parseNumber(expiresIn) * 1_000, sinceMs: Date.now() }
  return { access: parseText(accessToken), refresh: parseText(refreshToken), life }
}

/** @returns a pair as storage holds it; one of an older version has no life @throws TypeError */
export function parseStoredPair(tokens: unknown): TokenPair {
  const pair = parseStrings(tokens, ['access', 'refresh'])
  const { life } = parseRecord(tokens)
  if (life === undefined) return pair
  const { forMs, sinceMs } = parseRecord(life)
  return { ...pair, life: { forMs: parseNumber(forMs), sinceMs: parseNumber(sinceMs) } }
}
