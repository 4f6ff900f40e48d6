import type { PlayerUuid } from '@innkeeper/protocol/ids'

/** Somebody who can sign in. Times in epoch milliseconds. */
export interface Account {
  readonly uuid: PlayerUuid
  readonly username: string
  readonly nick: string
  readonly createdAtMs: number
  readonly passwordChangedAtMs: number
  /** Grows with each change of the password; a sign-in that began under an older one does not count. */
  readonly epoch: number
}

/** An account with the hash of its password: only for whoever checks one. Never answer it, never log it. */
export interface AccountSecrets extends Account {
  readonly passwordHash: string
}

/** A new account. `nickSkeleton` is what the nick looks like. */
export interface NewAccount {
  readonly username: string
  readonly nick: string
  readonly nickSkeleton: string
  readonly passwordHash: string
}

/** Where accounts are kept. */
export interface Accounts {
  /** @throws AppError `name-taken` with `field`: `username` | `nick`, also for those of an account deleted lately */
  create(account: NewAccount): Promise<Account>
  find(uuid: PlayerUuid): Promise<Account | undefined>
  findSecrets(
    by: { readonly username: string } | { readonly uuid: PlayerUuid },
  ): Promise<AccountSecrets | undefined>
  /**
   * @returns the account as it is now, or undefined when there is none
   * @throws AppError `name-taken` with `field`: `nick`
   */
  changeNick(uuid: PlayerUuid, nick: string, nickSkeleton: string): Promise<Account | undefined>
  /** @returns false when the account has gone, or its password was changed since `epoch` */
  changePassword(uuid: PlayerUuid, epoch: number, passwordHash: string): Promise<boolean>
  /** Removes the account. Its names stay taken for a while, so that nobody steps into its shoes. */
  remove(uuid: PlayerUuid): Promise<boolean>
}
