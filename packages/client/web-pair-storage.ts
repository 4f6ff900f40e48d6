import type { PairStorage } from './identity'
import type { TokenPair } from './token-refresh'
import type { KeptTexts } from './web-outbox-storage'

/**
 * Keeps a sign-in as one JSON text, so that half of a pair cannot exist; all tabs of a browser share it.
 *
 * @param storage  `localStorage`, or `sessionStorage` for one tab alone
 */
export function webPairStorage(storage: KeptTexts, key = 'innkeeper.identity'): PairStorage {
  return {
    load: () => parsePair(storage.getItem(key)),
    save: (pair) => storage.setItem(key, JSON.stringify(pair)),
    clear: () => storage.removeItem(key),
  }
}

function parsePair(text: string | null): TokenPair | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    if (typeof value !== 'object' || value === null) return null
    const isPair = 'access' in value && 'refresh' in value
    return isPair && typeof value.access === 'string' && typeof value.refresh === 'string'
      ? (value as TokenPair)
      : null
  } catch {
    return null // Not ours, or of another time: signing in again mends it.
  }
}
