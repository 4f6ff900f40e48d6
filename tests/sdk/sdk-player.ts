import type { Effects } from '@innkeeper/client/effects'
import { Identity, memoryPairs, type PairStorage } from '@innkeeper/client/identity'
import type { Fetch, Server } from '@innkeeper/client/request'
import { systemPlatform } from '@innkeeper/client/system-platform'
import type { TokenPair } from '@innkeeper/client/token-refresh'
import { anyIp, testPassword, unique } from '../support/front-desk'
import type { TestServer } from '../support/start-server'

/** Somebody who uses the SDK as a game would, and remembers what it asked the server for. */
export interface SdkPlayer extends Server {
  readonly identity: Identity
  readonly pairs: PairStorage
  readonly effects: Effects
  /** Every request, as `POST /auth/login 200`. */
  readonly requests: readonly string[]
  readonly username: string
}

/** @param effects  in place of a program's own */
export function createSdkPlayer(server: TestServer, effects: Effects = systemPlatform()): SdkPlayer {
  const requests: string[] = []
  const ip = anyIp()
  const fetchAndRemember: Fetch = async (url, init) => {
    const answer = await fetch(url, { ...init, headers: { ...init.headers, 'x-forwarded-for': ip } })
    requests.push(`${init.method} ${new URL(url).pathname} ${answer.status}`)
    return answer
  }
  const pairs = memoryPairs()
  const desk = { origin: server.url, fetch: fetchAndRemember }
  const identity = new Identity({ ...desk, pairs, effects })
  return { ...desk, identity, pairs, effects, requests, username: `user${unique()}` }
}

/** The same, with an account. */
export async function registerSdkPlayer(server: TestServer, effects?: Effects): Promise<SdkPlayer> {
  const player = createSdkPlayer(server, effects)
  const { username, identity } = player
  await identity.register({ username, password: testPassword, nick: `Nick${unique()}` })
  return player
}

/** @returns the stored pair @throws Error when nobody is signed in */
export function pairOf({ pairs }: SdkPlayer): TokenPair {
  const pair = pairs.load()
  if (pair === null) throw new Error('Nobody is signed in')
  return pair
}
