/**
 * Where a connection stands, in the words that a page can show. `sinceMs` is when the room was lost (epoch ms);
 * null while it was never reached. It counts the hours of a closed laptop: how long somebody has really been without
 * the room is what `followHonesty` measures.
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
  /** With `/problems/already-in-room`: where this player is instead. */
  readonly where?: Whereabouts
}

/** The room that a player is in, and since when (epoch ms). */
export interface Whereabouts {
  readonly roomId: string
  readonly sinceMs: number
}
