import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Clock } from '@innkeeper/protocol/tools'
import { requireName } from '@innkeeper/names/names'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import type { Families } from '@innkeeper/tokens/families/families'
import type { SignIns } from '../sign-ins/sign-ins'
import type { Account, Accounts, AccountSecrets } from './accounts'
import type { IdentityAttempts } from './identity-attempts'
import type { PasswordHasher } from './password-hasher'
import { requireGoodPassword } from './password-rules'

/** What accounts need to be made, checked and ended. */
export interface CredentialParts {
  readonly accounts: Accounts
  readonly families: Families
  readonly signIns: SignIns
  readonly hasher: PasswordHasher
  readonly limits: IdentityAttempts
  readonly revocations: Revocations
  readonly clock: Clock
}

/** What is done with a name and a password. Attempts are counted before a hash is computed. */
export interface Credentials {
  /** @throws AppError `name-refused` | `password-refused` | `name-taken` | `too-many` | `unavailable` */
  register(wish: {
    readonly username: string
    readonly password: string
    readonly nick?: string | undefined
    readonly ip: string
  }): Promise<Account>
  /** @throws AppError `credentials-wrong`, the same for a name that nobody has | `too-many` | `unavailable` */
  check(who: { readonly username: string; readonly password: string; readonly ip: string }): Promise<Account>
  /**
   * Ends every sign-in but `keep`.
   *
   * @throws AppError `credentials-wrong` | `password-refused` | `conflict` | `too-many`
   */
  changePassword(change: PasswordChange): Promise<void>
  /** @throws AppError `name-refused` | `name-taken` | `token-invalid` when the account has gone */
  changeNick(uuid: PlayerUuid, nick: string): Promise<Account>
  /** Removes the account and ends everything that it was issued. @throws AppError `credentials-wrong` | `too-many` */
  remove(who: { readonly uuid: PlayerUuid; readonly password: string; readonly ip: string }): Promise<void>
}

/** A change of a password by whoever is signed in. */
export interface PasswordChange {
  readonly uuid: PlayerUuid
  readonly current: string
  readonly next: string
  readonly keep: SignInId
  readonly ip: string
}

/** @param parts  what they are made of */
export function createCredentials(parts: CredentialParts): Credentials {
  return {
    register: (wish) => register(parts, wish),
    check: (who) => check(parts, who),
    changePassword: (change) => changePassword(parts, change),
    async changeNick(uuid, wish) {
      const { name, skeleton } = requireName(wish)
      const account = await parts.accounts.changeNick(uuid, name, skeleton)
      if (account === undefined) throw new AppError('token-invalid')
      return account
    },
    remove: (who) => remove(parts, who),
  }
}

async function register(
  parts: CredentialParts,
  wish: Parameters<Credentials['register']>[0],
): Promise<Account> {
  const { username, password, ip } = wish
  // Names and passwords are judged first: a form that needs three attempts is not an attack.
  const { name: nick, skeleton: nickSkeleton } = requireName(wish.nick ?? username)
  requireGoodPassword(password, [username, nick])
  await parts.limits.registerIp.consume(ip)
  const passwordHash = await parts.hasher.hash(password)
  return await parts.accounts.create({ username, nick, nickSkeleton, passwordHash })
}

async function check(
  parts: CredentialParts,
  { username, password, ip }: Parameters<Credentials['check']>[0],
): Promise<Account> {
  await countAttempt(parts, username, ip)
  const account = await parts.accounts.findSecrets({ username })
  const isRight =
    account === undefined
      ? await parts.hasher.verifyNobody(password)
      : await parts.hasher.verify(password, account.passwordHash)
  if (account === undefined || !isRight) throw new AppError('credentials-wrong')
  await parts.limits.password.forgive(username)
  return account
}

async function changePassword(parts: CredentialParts, change: PasswordChange): Promise<void> {
  const { uuid, current, next, keep, ip } = change
  const account = await confirmOwner(parts, { uuid, password: current, ip })
  requireGoodPassword(next, [account.username, account.nick])
  const passwordHash = await parts.hasher.hash(next)
  if (!(await parts.accounts.changePassword(uuid, account.epoch, passwordHash)))
    throw new AppError('conflict')
  await parts.signIns.endAll(uuid, { keep, reason: 'password-changed' })
}

async function remove(
  parts: CredentialParts,
  who: { readonly uuid: PlayerUuid; readonly password: string; readonly ip: string },
): Promise<void> {
  const { uuid } = await confirmOwner(parts, who)
  // The account first: without it no refresh and no sign-in succeeds, whatever happens to us after this line.
  await parts.accounts.remove(uuid)
  await parts.revocations.revokePlayer(uuid, parts.clock())
  await parts.signIns.endAll(uuid, { reason: 'account-deleted' })
  await parts.families.forgetDevices(uuid)
}

/** Asks for the password again, with the same limit as at the door: a stolen token must not become a way to guess it. */
async function confirmOwner(
  parts: CredentialParts,
  { uuid, password, ip }: { readonly uuid: PlayerUuid; readonly password: string; readonly ip: string },
): Promise<AccountSecrets> {
  const account = await parts.accounts.findSecrets({ uuid })
  if (account === undefined) throw new AppError('token-invalid')
  await countAttempt(parts, account.username, ip)
  if (!(await parts.hasher.verify(password, account.passwordHash))) throw new AppError('credentials-wrong')
  await parts.limits.password.forgive(account.username)
  return account
}

async function countAttempt({ limits }: CredentialParts, username: string, ip: string): Promise<void> {
  await limits.passwordIp.consume(ip)
  await limits.password.consume(username)
}
