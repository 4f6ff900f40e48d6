import type { KeyObject } from 'node:crypto'
import type { KeyRecord } from './key-plan'

/** A signing key with its material. The private key never leaves the process. */
export interface SigningKey extends KeyRecord {
  readonly privateKey: KeyObject
}

/** What a change of the keys asks for: how each stands now, and the material of new ones. */
export interface KeyChange {
  readonly keys: readonly KeyRecord[]
  readonly added?: readonly { readonly kid: string; readonly privateKey: KeyObject }[]
}

/** Where signing keys are kept. Several processes may share one store. */
export interface KeyStore {
  load(): Promise<readonly SigningKey[]>
  /**
   * Changes the keys while no other process does.
   *
   * @param decide  sees the keys as they are; undefined leaves them so
   * @returns the keys afterwards
   */
  change(
    decide: (keys: readonly SigningKey[]) => Promise<KeyChange | undefined>,
  ): Promise<readonly SigningKey[]>
  /** Another text after each change, whoever made it: cheap to ask for. */
  version(): Promise<string>
  /** A secret of this service that is made once (32 bytes or more). Not a signing key. */
  secret(name: string, make: () => Uint8Array): Promise<Uint8Array>
}
