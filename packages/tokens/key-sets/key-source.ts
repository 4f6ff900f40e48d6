import type { KeyObject } from 'node:crypto'

/** Where an issuer's public keys come from. */
export interface KeySource {
  /**
   * @returns the P-256 key of this name, or undefined when the issuer has none
   * @throws AppError `unavailable` when no keys could be loaded at all
   */
  find(kid: string): KeyObject | undefined | Promise<KeyObject | undefined>
  /** Grows whenever a key that was trusted no longer is; what was verified under an older epoch is to be verified again. */
  readonly epoch: number
  /** Forgets every key, so that none is trusted before the set was read anew. */
  flush(): void
}
