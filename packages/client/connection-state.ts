/**
 * Where a connection stands, in the words that a page can show. `sinceMs` is when the room was lost (epoch ms);
 * null while it was never reached.
 */
export type ConnectionState =
  | { readonly kind: 'connecting'; readonly sinceMs: number | null }
  | { readonly kind: 'live' }
  | { readonly kind: 'waiting'; readonly retryInMs: number; readonly sinceMs: number | null }
  | Ended

/**
 * No way back without doing something first. `code` is the close code (`@innkeeper/protocol/close-codes`), `reason`
 * the problem's type, the server's words, or empty. `left` (code 1000) means that this side hung up.
 */
export interface Ended {
  readonly kind: 'ended'
  readonly code: number
  readonly reason: string
}
