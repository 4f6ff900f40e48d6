/** Limits of the identity service, with their units. */
export const identityLimits = {
  usernameMinChars: 3,
  usernameMaxChars: 32,
  /** Counted as characters (code points), exactly as typed. */
  passwordMinChars: 8,
  passwordMaxChars: 128,
  deviceNameChars: 100,
  /** Hashes that are computed at once; each takes 19 MiB. */
  hashesAtOnce: 4,
  /** Hashes that may wait for their turn; more are told to come back. */
  hashesWaiting: 64,
  /** A deleted account's names stay taken for this long. */
  nameReservedMs: 30 * 24 * 60 * 60 * 1000,
  /** What ended stays in the history for this long. */
  historyMs: 90 * 24 * 60 * 60 * 1000,
} as const
