import type { Effects } from '@innkeeper/client/effects'
import { inOneTab, type LockManagerLike } from '@innkeeper/client/tab-lock'
import { TokenKeeper } from '@innkeeper/client/token-keeper'
import { type Exchange, type TokenPair, TokenRefresh } from '@innkeeper/client/token-refresh'
import type { AxiosInstance, AxiosRequestConfig } from 'axios'
import { inject, type InjectionKey } from 'vue'
import type { AwayReason } from '../stores/session'
import { createPublicHttp, createSeatHttp, type TokenSource } from './http'
import { parseTakenSeat, type TakenSeat } from './seat'
import { parseTokenPair } from './token-pair'

/** The server's REST side, as the pages use it. Every call throws an axios error with the server's problem in it. */
export interface Api {
  openTable(table: {
    readonly name: string
    readonly gmName: string
    readonly language: string
  }): Promise<TakenSeat>
  joinTable(seat: { readonly code: string; readonly name: string }): Promise<TakenSeat>
  recoverSeat(recoveryKey: string): Promise<TakenSeat>
  /** @param code  as another device of this player shows it */
  pairDevice(code: string): Promise<TakenSeat>
  /** @param document  what an export gave, as JSON of any shape: the server judges it */
  bringTable(document: unknown): Promise<TakenSeat>
  /** Asks whether the stored seat still exists; signs out when it does not. */
  checkSeat(): Promise<void>
  /** Renews the seat's token before it ends. */
  readonly seatKeeper: TokenKeeper
  /** The client with the seat's token, for the calls that one feature alone makes. */
  readonly http: AxiosInstance
  /** The same for calls that need no token. */
  readonly publicHttp: AxiosInstance
}

/** Provided once by `main.ts`. */
export const apiKey: InjectionKey<Api> = Symbol('api')

/** @returns the server's REST side */
export function useApi(): Api {
  const api = inject(apiKey)
  if (api === undefined) throw new Error('No api is provided')
  return api
}

/** A whole campaign on a slow line. */
const bringTimeoutMs = 120_000

/** Where the tokens live, and what the world lends. */
export interface ApiPorts extends Pick<Effects, 'now' | 'ticks' | 'after' | 'random'> {
  readonly session: {
    currentTokens: TokenSource['current']
    currentSeat: TokenSource['seat']
    renewTokens(pair: TokenPair): void
    leave(reason: AwayReason): void
  }
  readonly locks: LockManagerLike | undefined
  /** Whether the page is in view: a hidden one leaves renewing to another. */
  isVisible(): boolean
  /** The identity token of who is signed in: seats that are taken meanwhile become their account's. */
  accountToken?(): Promise<string | null>
  /** The server; absent for the one that the page came from. */
  readonly baseURL?: string
}

/** @returns the calls, and the HTTP client with the seat's token for whatever else needs one */
export function createApi(ports: ApiPorts): Api {
  const { session, locks, after, random, baseURL, accountToken } = ports
  const anonymous = createPublicHttp(baseURL)
  const refresh = new TokenRefresh({
    load: session.currentTokens,
    save: session.renewTokens,
    clear: (reason) => session.leave(toAwayReason(reason)),
    exchange: (token) => exchange(anonymous, token),
    exclusively: (work) => inOneTab('innkeeper.refresh', work, locks),
    after,
    random,
  })
  const http = createSeatHttp(
    {
      current: session.currentTokens,
      seat: session.currentSeat,
      settled: () => refresh.settled(),
      refresh: (refused) => refresh.refresh(refused),
    },
    baseURL,
  )
  const seatKeeper = new TokenKeeper({
    ...ports,
    load: session.currentTokens,
    refresh: (access) => refresh.refresh(access),
  })
  const ask = async (path: string, body: object, config: AxiosRequestConfig = {}) =>
    parseTakenSeat((await anonymous.post<unknown>(path, body, config)).data)
  const sitDown = async (path: string, body: object, config: AxiosRequestConfig = {}) => {
    const tokenJwt = (await accountToken?.()) ?? null
    return await ask(path, body, tokenJwt === null ? config : { ...config, headers: { tokenJwt } })
  }
  return {
    seatKeeper,
    http,
    publicHttp: anonymous,
    openTable: (table) => sitDown('/api/session', table),
    joinTable: (seat) => sitDown('/api/session/join', seat),
    recoverSeat: (recoveryKey) => ask('/api/session/recover', { recoveryKey }),
    pairDevice: (code) => ask('/api/session/pair', { code }),
    bringTable: (document) => sitDown('/api/session/import', { document }, { timeout: bringTimeoutMs }),
    checkSeat: async () => {
      await http.get('/api/session')
    },
  }
}

function toAwayReason(problemType: string): AwayReason {
  if (problemType === '/problems/session-expired') return 'expired'
  return problemType === '/problems/refresh-reused' ? 'reused' : 'revoked'
}

async function exchange(anonymous: AxiosInstance, refreshToken: string): Promise<Exchange> {
  try {
    const answer = await anonymous.post<unknown>(
      '/api/session/auth/refresh',
      { refreshToken },
      { validateStatus: () => true },
    )
    if (answer.status === 200) return { kind: 'renewed', pair: parseTokenPair(answer.data) }
    // Only this verdict ends a sign-in: a busy or broken server says nothing about the token.
    if (answer.status === 401) return { kind: 'dead', reason: parseProblemType(answer.data) }
    return { kind: 'again' }
  } catch {
    return { kind: 'again' }
  }
}

function parseProblemType(body: unknown): string {
  const hasType = typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string'
  return hasType ? String(body.type) : ''
}
