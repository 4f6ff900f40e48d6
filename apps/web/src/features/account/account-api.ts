import { type Account, Identity, type IdentityOptions, SignedOut } from '@innkeeper/client/identity'
import { inject, type InjectionKey } from 'vue'
import { parseRecord } from '../../services/parse'
import { parseTakenSeat, type TakenSeat } from '../../services/seat'
import { parseSignIns, type SignIn } from '../../services/sign-ins'
import { type OwnTable, parseTables } from './account-answers'

/** How to sign in. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

/** What an account can do. Calls reject with RequestRefused (the server's no), NoAnswer or SignedOut. */
export interface AccountApi {
  register(wish: Credentials): Promise<void>
  signIn(who: Credentials): Promise<void>
  signOut(): Promise<void>
  signOutEverywhere(): Promise<void>
  details(): Promise<Account>
  changePassword(change: { readonly current: string; readonly next: string }): Promise<void>
  /** @returns this device first, then the latest used */
  signIns(): Promise<readonly SignIn[]>
  endSignIn(id: string): Promise<void>
  /** @returns everything that is kept about the account, as text to be saved */
  exportAll(): Promise<string>
  /** Deletes the account for good. */
  remove(password: string): Promise<void>
  tables(): Promise<readonly OwnTable[]>
  enterTable(id: string): Promise<TakenSeat>
  /** @returns an identity token that is good for a while; null while nobody is signed in */
  token(): Promise<string | null>
}

/** Provided once by `main.ts`. */
export const accountApiKey: InjectionKey<AccountApi> = Symbol('account api')

/** @returns what an account can do */
export function useAccountApi(): AccountApi {
  const api = inject(accountApiKey)
  if (api === undefined) throw new Error('No account api is provided')
  return api
}

/** @param onNick  told what the account is called, whenever the server says it */
export function createAccountApi(options: IdentityOptions, onNick: (nick: string) => void): AccountApi {
  const identity = new Identity(options)
  return {
    register: async (wish) => onNick((await identity.register(wish)).nick),
    signIn: async (who) => onNick((await identity.login(who)).nick),
    signOut: () => identity.logout(),
    signOutEverywhere: () => identity.logoutEverywhere(),
    async details() {
      const account = await identity.account()
      onNick(account.nick)
      return account
    },
    changePassword: (change) => identity.changePassword(change),
    async signIns() {
      const answer = await identity.call({ method: 'GET', path: '/auth/sign-ins' })
      return parseSignIns(parseRecord(answer)['signIns'])
    },
    async endSignIn(id) {
      await identity.call({ method: 'DELETE', path: `/auth/sign-ins/${encodeURIComponent(id)}` })
    },
    async exportAll() {
      return JSON.stringify(await identity.call({ method: 'GET', path: '/auth/export' }), null, 2)
    },
    async remove(password) {
      await identity.call({ method: 'DELETE', path: '/auth/account', body: { password } })
      options.pairs.clear('left')
    },
    tables: async () => parseTables(await identity.call({ method: 'GET', path: '/api/tables' })),
    async enterTable(id) {
      const path = `/api/tables/${encodeURIComponent(id)}/enter`
      return parseTakenSeat(await identity.call({ method: 'POST', path }))
    },
    token: () => tokenOf(identity),
  }
}

async function tokenOf(identity: Identity): Promise<string | null> {
  try {
    return identity.isSignedIn ? await identity.token() : null
  } catch (error) {
    if (error instanceof SignedOut) return null
    throw error
  }
}
