import type { Clocks } from './age'
import type { Effects } from './effects'
import {
  type Call,
  NoAnswer,
  parseNumber,
  parseRecord,
  parseTexts,
  request,
  RequestRefused,
  type Server,
} from './request'
import { inOneTab, type LockManagerLike } from './tab-lock'
import { TokenKeeper } from './token-keeper'
import { type Exchange, type RefreshPorts, type TokenPair, TokenRefresh } from './token-refresh'

/** Where the sign-in is kept, read anew at every step: tabs may share it. `memoryPairs` and `webPairStorage` are two. */
export type PairStorage = Pick<RefreshPorts, 'load' | 'save' | 'clear'>

/** What an identity needs. */
export interface IdentityOptions extends Server {
  readonly pairs: PairStorage
  readonly effects: Clocks & Pick<Effects, 'after' | 'random'>
  /** `navigator.locks`, where tabs share the sign-in. */
  readonly locks?: LockManagerLike | undefined
  /** Whether the page is in view; true when left out. See `keeper`. */
  isVisible?(): boolean
}

/** An account, as others know it. */
export interface Player {
  readonly uuid: string
  readonly nick: string
}

/** An account, as its owner sees it; times in epoch ms. */
export interface Account extends Player {
  readonly username: string
  readonly createdAt: number
  readonly passwordChangedAt: number
}

/** Whoever makes requests with a token that is good. @throws RequestRefused | NoAnswer | SignedOut */
export interface Caller {
  call(call: Omit<Call, 'token'>): Promise<unknown>
}

/**
 * Nobody is signed in here. `message` is why: `left`, or the problem's type that ended the sign-in
 * (`/problems/session-expired`, `-revoked`, `/problems/refresh-reused`).
 */
export class SignedOut extends Error {
  override readonly name = 'SignedOut'
}

/** One player's account: signing in, staying signed in, and requests in their name. */
export class Identity implements Caller {
  /** Renews the token before it ends: `look()` once signed in, and `followTokens` in a page. */
  readonly keeper: TokenKeeper
  readonly #options: IdentityOptions
  readonly #refresh: TokenRefresh

  constructor(options: IdentityOptions) {
    const { pairs, effects, locks } = options
    this.#options = options
    this.#refresh = new TokenRefresh({
      load: () => pairs.load(),
      save: (pair) => pairs.save(pair),
      clear: (reason) => pairs.clear(reason),
      exchange: (refreshToken) => this.#exchange(refreshToken),
      exclusively: (work) => inOneTab('innkeeper.identity', work, locks),
      after: (ms, work) => effects.after(ms, work),
      random: effects.random,
    })
    this.keeper = new TokenKeeper({
      now: effects.now,
      ticks: effects.ticks,
      after: (ms, work) => effects.after(ms, work),
      random: effects.random,
      load: () => pairs.load(),
      refresh: (access) => this.#refresh.refresh(access),
      isVisible: () => options.isVisible?.() ?? true,
    })
  }

  get isSignedIn(): boolean {
    return this.#options.pairs.load() !== null
  }

  /**
   * Makes an account and signs in.
   *
   * @param device  how this device is called in the list of sign-ins
   * @throws RequestRefused `name-refused` | `name-taken` | `password-refused` | `too-many`; NoAnswer
   */
  async register(entry: {
    readonly username: string
    readonly password: string
    readonly nick?: string
    readonly device?: string
  }): Promise<Player> {
    return this.#signIn(await this.#post('/auth/register', entry))
  }

  /** @throws RequestRefused `credentials-wrong` | `too-many`; NoAnswer */
  async login(entry: {
    readonly username: string
    readonly password: string
    readonly device?: string
  }): Promise<Player> {
    return this.#signIn(await this.#post('/auth/login', entry))
  }

  /** @returns an identity token that is good for a while @throws SignedOut */
  async token(): Promise<string> {
    await this.keeper.freshen()
    await this.#refresh.settled()
    const pair = this.#options.pairs.load()
    if (pair === null) throw new SignedOut('left')
    return pair.access
  }

  /** A request with the token; refused with 401 it is repeated once, with another token. */
  async call(call: Omit<Call, 'token'>): Promise<unknown> {
    const token = await this.token()
    try {
      return await request(this.#options, { ...call, token })
    } catch (error) {
      if (!(error instanceof RequestRefused) || error.problem.type !== '/problems/token-invalid') throw error
      return await request(this.#options, { ...call, token: await this.#another(token) })
    }
  }

  async account(): Promise<Account> {
    return parseAccount(await this.call({ method: 'GET', path: '/auth/account' }))
  }

  /** Tokens, and rooms entered from then on, carry the new nick after the next refresh. */
  async rename(nick: string): Promise<Account> {
    return parseAccount(await this.call({ method: 'PATCH', path: '/auth/account', body: { nick } }))
  }

  /** Ends every other sign-in. */
  async changePassword(body: { readonly current: string; readonly next: string }): Promise<void> {
    await this.call({ method: 'POST', path: '/auth/password', body })
  }

  /** Signs out here, also when the server cannot be told: then the sign-in ends there by its age. */
  async logout(): Promise<void> {
    try {
      await this.call({ method: 'POST', path: '/auth/logout' })
    } catch (error) {
      const isOver = error instanceof RequestRefused || error instanceof SignedOut
      if (!isOver && !(error instanceof NoAnswer)) throw error
    } finally {
      this.#options.pairs.clear('left')
    }
  }

  /** Signs out on every device. @throws NoAnswer when the server could not be told; then nobody is signed out */
  async logoutEverywhere(): Promise<void> {
    await this.call({ method: 'POST', path: '/auth/logout-everywhere' })
    this.#options.pairs.clear('left')
  }

  async #another(refused: string): Promise<string> {
    const outcome = await this.#refresh.refresh(refused)
    if (outcome.kind === 'fresh') return outcome.access
    throw outcome.kind === 'signed-out' ? new SignedOut(outcome.reason) : new NoAnswer('No refresh')
  }

  #post(path: string, body: unknown): Promise<unknown> {
    return request(this.#options, { method: 'POST', path, body })
  }

  #signIn(answer: unknown): Player {
    this.#options.pairs.save(this.#parsePair(answer))
    return parseTexts(parseRecord(answer)['player'], ['uuid', 'nick'])
  }

  async #exchange(refreshToken: string): Promise<Exchange> {
    try {
      return { kind: 'renewed', pair: this.#parsePair(await this.#post('/auth/refresh', { refreshToken })) }
    } catch (error) {
      // Only this verdict ends a sign-in: a busy or broken server says nothing about the token.
      const isDead = error instanceof RequestRefused && error.problem.status === 401
      return isDead ? { kind: 'dead', reason: error.problem.type } : { kind: 'again' }
    }
  }

  #parsePair(answer: unknown): TokenPair {
    const { token, refreshToken } = parseTexts(answer, ['token', 'refreshToken'])
    const life = { forMs: parseNumber(answer, 'expiresIn') * 1_000, sinceMs: this.#options.effects.now() }
    return { access: token, refresh: refreshToken, life }
  }
}

/** Keeps the sign-in for as long as the program runs. */
export function memoryPairs(): PairStorage {
  const held: { pair: TokenPair | null } = { pair: null }
  return {
    load: () => held.pair,
    save: (pair) => void (held.pair = pair),
    clear: () => void (held.pair = null),
  }
}

function parseAccount(answer: unknown): Account {
  const texts = parseTexts(answer, ['uuid', 'username', 'nick'])
  const createdAt = parseNumber(answer, 'createdAt')
  return { ...texts, createdAt, passwordChangedAt: parseNumber(answer, 'passwordChangedAt') }
}
