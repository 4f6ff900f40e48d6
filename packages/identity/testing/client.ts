import { systemRandom } from './identity-under-test'

/** What a request answered. Bodies of failures are problems. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON body; an empty object when there is none. */
  readonly body: Readonly<Record<string, unknown>>
}

/** A body of signing in. */
export interface SignedInBody {
  readonly token: string
  readonly refreshToken: string
  readonly expiresIn: number
  readonly player: { readonly uuid: string; readonly nick: string }
}

/** Anything that answers requests in process. */
export interface Target {
  request(path: string, init: RequestInit, bindings: object): Response | Promise<Response>
}

/** Somebody at an address of their own. */
export interface Client {
  send(method: string, path: string, options?: SendOptions): Promise<Answer>
  register(wish?: { username?: string; password?: string; nick?: string }): Promise<SignedInBody & Registered>
  login(username: string, password: string): Promise<SignedInBody>
  refresh(refreshToken: string): Promise<Answer>
}

/** What was made up for a registration. */
export interface Registered {
  readonly username: string
  readonly password: string
}

/** A request's body and headers. */
export interface SendOptions {
  readonly body?: unknown
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** @param address  where the client calls from; one that nobody else has, unless told */
export function createClient(target: Target, address = randomAddress()): Client {
  const bindings = { requestIP: () => ({ address }) }
  const send: Client['send'] = async (method, path, { body, token, headers = {} } = {}) => {
    const init: RequestInit = {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }
    const response = await target.request(path, init, bindings)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: parseBody(text) }
  }
  const signIn = async (path: string, body: object): Promise<SignedInBody> => {
    const answer = await send('POST', path, { body })
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.text}`)
    return parseSignedIn(answer)
  }
  return {
    send,
    async register({ username = randomName(), password = `staple-${systemRandom.uuid()}`, nick } = {}) {
      const body = { username, password, ...(nick === undefined ? {} : { nick }) }
      return { ...(await signIn('/auth/register', body)), username, password }
    },
    login: (username, password) => signIn('/auth/login', { username, password }),
    refresh: (refreshToken) => send('POST', '/auth/refresh', { body: { refreshToken } }),
  }
}

/** A name that nobody has: letters alone, because digits that look like letters could make two names one. */
export function randomName(): string {
  const letters = 'bcdfghjkmnpqrtvwxz'
  return Array.from({ length: 14 }, () => letters[systemRandom.below(letters.length)]).join('')
}

/** @returns the body of a signing in */
export function parseSignedIn(answer: Answer): SignedInBody {
  return answer.body as unknown as SignedInBody
}

/** @returns a token's claims, unverified */
export function parseClaims(token: string): Readonly<Record<string, unknown>> {
  return parseBody(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

/** @returns a token's header, unverified */
export function parseHeader(token: string): Readonly<Record<string, unknown>> {
  return parseBody(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
}

function parseBody(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{')) return {}
  return JSON.parse(text) as Readonly<Record<string, unknown>>
}

function randomAddress(): string {
  return `203.${systemRandom.below(256)}.${systemRandom.below(256)}.${systemRandom.below(256)}`
}
