import type { RefreshOutcome, TokenPair } from '@innkeeper/client/token-refresh'
import axios, { type AxiosInstance, isAxiosError } from 'axios'

declare module 'axios' {
  interface InternalAxiosRequestConfig {
    /** The access token that went out with the request, and whose it was. */
    sentToken?: string
    sentBy?: string | null
    /** A request is repeated once; a second 401 is an answer. */
    isReplay?: boolean
  }
}

/** What the interceptors need to know about tokens. */
export interface TokenSource {
  current(): TokenPair | null
  /** Names the seat that `current` belongs to; null while there is none. */
  seat(): string | null
  /** Resolves when no refresh is running. */
  settled(): Promise<void>
  refresh(refused: string): Promise<RefreshOutcome>
}

const timeoutMs = 15_000

/** Calls that need no token, the refresh itself among them, so that it can never wait for itself. */
export function createPublicHttp(baseURL = '/'): AxiosInstance {
  return axios.create({ baseURL, timeout: timeoutMs })
}

/**
 * Calls with the seat's access token. On a 401 they wait for one common refresh and go out once more; when there is
 * nothing to refresh with, the 401 is thrown and the player is signed out by then.
 */
export function createSeatHttp(tokens: TokenSource, baseURL = '/'): AxiosInstance {
  const http = createPublicHttp(baseURL)
  http.interceptors.request.use(async (config) => {
    await tokens.settled()
    const token = tokens.current()?.access
    if (token !== undefined) {
      config.sentToken = token
      config.sentBy = tokens.seat()
      config.headers.setAuthorization(`Bearer ${token}`)
    }
    return config
  })
  http.interceptors.response.use(undefined, async (error: unknown) => {
    if (!isAxiosError(error) || error.response?.status !== 401) throw error
    const { config } = error
    if (config?.sentToken === undefined || config.isReplay === true) throw error
    const outcome = await tokens.refresh(config.sentToken)
    // Another tab may sit at another table by now: what one seat asked for is never asked for by another.
    if (tokens.seat() !== config.sentBy) throw error
    // A body that can be read once has been: repeated, the request would go out without it.
    if (outcome.kind !== 'fresh' || config.data instanceof ReadableStream) throw error
    config.isReplay = true
    return await http.request(config)
  })
  return http
}
