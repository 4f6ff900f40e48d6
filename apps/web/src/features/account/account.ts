import type { TokenPair } from '@innkeeper/client/token-refresh'
import { parseRecord } from '../../services/parse'
import { parseStoredPair } from '../../services/token-pair'

/** An account that is signed in on this browser. */
export interface Account {
  readonly tokens: TokenPair
  /** What others call them; null until the server has said it. */
  readonly nick: string | null
}

/** @returns what storage holds, or null for nothing, an older form, or something that is not ours */
export function parseAccount(text: string | null): Account | null {
  if (text === null) return null
  try {
    const { v, nick, tokens } = parseRecord(JSON.parse(text))
    if (v !== 1) return null
    return { tokens: parseStoredPair(tokens), nick: typeof nick === 'string' ? nick : null }
  } catch {
    return null
  }
}

/** @returns the text that `parseAccount` reads */
export function toAccountText(account: Account): string {
  return JSON.stringify({ v: 1, ...account })
}
