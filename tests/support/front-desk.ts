import { randomUUID } from 'node:crypto'
import { openSocket, type RawSocket, type RawSocketOptions } from './raw-socket'

/** What a request sends besides its path. */
export interface CallOptions {
  /** JSON, or a text as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** `Authorization: Bearer`. */
  readonly token?: string
  /** The address that the request comes from, for servers that trust us as a proxy. */
  readonly ip?: string
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Undefined when the text is not JSON. */
  readonly json: ReturnType<typeof JSON.parse>
}

/** A registered account, signed in. */
export interface TestAccount {
  readonly username: string
  readonly password: string
  readonly nick: string
  readonly uuid: string
  readonly token: string
  readonly refreshToken: string
}

export interface GuestTicket {
  readonly ticket: string
  readonly url: string
  readonly player: { readonly uuid: string; readonly nick: string }
}

/** How to enter besides the ticket. */
export interface EnterOptions extends RawSocketOptions {
  /** With its question mark: `?since=4`. */
  readonly query?: string
  readonly ip?: string
}

/** What a player or a game does at the front desk, through HTTP and sockets alone. */
export interface FrontDesk {
  readonly url: string
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  register(nick?: string): Promise<TestAccount>
  signIn(account: Pick<TestAccount, 'username' | 'password'>): Promise<TestAccount>
  room(owner: TestAccount, options?: object): Promise<string>
  ticket(roomId: string, account: Pick<TestAccount, 'token'>): Promise<string>
  guest(roomId: string, username?: string): Promise<GuestTicket>
  /** Opens `/enterRoom` with the ticket in the header; whether it was let in is for the caller to see. */
  enter(roomId: string, ticket: string, options?: EnterOptions): Promise<RawSocket>
  /** The same, up to the welcome. */
  join(roomId: string, ticket: string, options?: EnterOptions): Promise<RawSocket>
}

export const testPassword = 'correct horse battery staple 9'

export function createFrontDesk(url: string): FrontDesk {
  const call = (method: string, path: string, options: CallOptions = {}) =>
    request(url + path, method, options)
  const post = async (path: string, status: number, options: CallOptions) => {
    const answer = await call('POST', path, options)
    if (answer.status !== status) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`)
    return answer.json
  }
  const desk: FrontDesk = {
    url,
    call,
    async register(nick = `Nick${unique()}`) {
      const username = `user${unique()}`
      const body = { username, password: testPassword, nick }
      const signedIn = await post('/auth/register', 201, { body, ip: anyIp() })
      return toAccount({ username, password: testPassword }, signedIn)
    },
    async signIn({ username, password }) {
      return toAccount(
        { username, password },
        await post('/auth/login', 200, { body: { username, password }, ip: anyIp() }),
      )
    },
    async room({ token }, options = {}) {
      const body = { type: 'relay', name: 'A room', guests: true, ...options }
      return String((await post('/rooms', 201, { body, token })).roomId)
    },
    async ticket(roomId, { token }) {
      return String((await post(`/getTicket/${roomId}`, 200, { headers: { tokenJwt: token } })).ticket)
    },
    async guest(roomId, username = 'player123') {
      return await post(`/getTicket/${roomId}`, 200, { body: { username } })
    },
    async enter(roomId, ticket, { query = '', ip, headers, ...options } = {}) {
      const from = ip === undefined ? {} : { 'X-Forwarded-For': ip }
      const all = { Authorization: `Bearer ${ticket}`, ...from, ...headers }
      return await openSocket(`${url}/enterRoom/${roomId}${query}`, { ...options, headers: all })
    },
    async join(roomId, ticket, options) {
      const socket = await desk.enter(roomId, ticket, options)
      await socket.next('welcome')
      return socket
    },
  }
  return desk
}

async function request(
  url: string,
  method: string,
  { body, headers = {}, token, ip }: CallOptions,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(ip === undefined ? {} : { 'x-forwarded-for': ip }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parseJson(text) }
}

function toAccount(
  { username, password }: Pick<TestAccount, 'username' | 'password'>,
  { token, refreshToken, player }: ReturnType<typeof JSON.parse>,
): TestAccount {
  return { username, password, token, refreshToken, nick: player.nick, uuid: player.uuid }
}

/** Eight characters that no other test has. */
export function unique(): string {
  return randomUUID().slice(0, 8)
}

/** An address of its own for each registration: they are limited by address, and that is another suite's subject. */
export function anyIp(): string {
  return `10.${[...crypto.getRandomValues(new Uint8Array(3))].join('.')}`
}

function parseJson(text: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Not every answer is JSON, and a test that needs it says so.
  }
}
