import type { Effects } from '@innkeeper/client/effects'
import { inOneTab, type LockManagerLike } from '@innkeeper/client/tab-lock'
import { type Exchange, TokenRefresh } from '@innkeeper/client/token-refresh'
import type { AxiosInstance } from 'axios'
import { inject, type InjectionKey } from 'vue'
import type { AwayReason } from '../stores/session'
import { createPublicHttp, createSeatHttp, type TokenSource } from './http'
import { parseTakenSeat, parseTokenPair, type TakenSeat } from './seat'

/** The server's REST side, as the pages use it. Every call throws an axios error with the server's problem in it. */
export interface Api {
  openTable(table: {
    readonly name: string
    readonly gmName: string
    readonly language: string
  }): Promise<TakenSeat>
  joinTable(seat: { readonly code: string; readonly name: string }): Promise<TakenSeat>
  recoverSeat(recoveryKey: string): Promise<TakenSeat>
  /** Asks whether the stored seat still exists; signs out when it does not. */
  checkSeat(): Promise<void>
}

/** Provided once by `main.ts`. */
export const apiKey: InjectionKey<Api> = Symbol('api')

/** @returns the server's REST side */
export function useApi(): Api {
  const api = inject(apiKey)
  if (api === undefined) throw new Error('No api is provided')
  return api
}

/** Where the tokens live, and what the world lends. */
export interface ApiPorts extends Pick<Effects, 'after' | 'random'> {
  readonly session: {
    currentTokens: TokenSource['current']
    renewTokens(pair: { readonly access: string; readonly refresh: string }): void
    leave(reason: AwayReason): void
  }
  readonly locks: LockManagerLike | undefined
  /** The server; absent for the one that the page came from. */
  readonly baseURL?: string
}

/** @returns the calls, and the HTTP client with the seat's token for whatever else needs one */
export function createApi({
  session,
  locks,
  after,
  random,
  baseURL,
}: ApiPorts): Api & { readonly http: AxiosInstance } {
  const anonymous = createPublicHttp(baseURL)
  const refresh = new TokenRefresh({
    load: session.currentTokens,
    save: session.renewTokens,
    clear: (reason) => session.leave(reason.endsWith('expired') ? 'expired' : 'revoked'),
    exchange: (token) => exchange(anonymous, token),
    exclusively: (work) => inOneTab('innkeeper.refresh', work, locks),
    after,
    random,
  })
  const http = createSeatHttp(
    {
      current: session.currentTokens,
      settled: () => refresh.settled(),
      refresh: (refused) => refresh.refresh(refused),
    },
    baseURL,
  )
  return {
    http,
    openTable: async (table) => parseTakenSeat((await anonymous.post<unknown>('/api/session', table)).data),
    joinTable: async (seat) =>
      parseTakenSeat((await anonymous.post<unknown>('/api/session/join', seat)).data),
    recoverSeat: async (recoveryKey) =>
      parseTakenSeat((await anonymous.post<unknown>('/api/session/recover', { recoveryKey })).data),
    checkSeat: async () => {
      await http.get('/api/session')
    },
  }
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
