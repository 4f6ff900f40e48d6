import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { Database } from 'bun:sqlite'
import { createHmac, createPrivateKey, createSign, generateKeyPairSync, sign } from 'node:crypto'
import { join } from 'node:path'
import type { TestAccount } from '../support/front-desk'
import { startTestServer, type TestServer } from '../support/start-server'

interface Table {
  readonly id: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly ticket: string
}

let server: TestServer
let account: TestAccount
let roomId: string
let ticket: string
let table: Table
let other: Table

beforeAll(async () => {
  server = await startTestServer()
  account = await server.register()
  roomId = await server.room(account)
  ticket = await server.ticket(roomId, account)
  ;[table, other] = [await openTable(), await openTable()]
})
afterAll(() => server.stop())

async function openTable(): Promise<Table> {
  const { json } = await server.call('POST', '/api/session', { body: { name: 'Phandalin', gmName: 'Mira' } })
  const { accessToken, refreshToken } = json
  return {
    id: json.session.id,
    accessToken,
    refreshToken,
    ticket: await server.ticket(json.session.id, { token: accessToken }),
  }
}

const decode = (token: string) =>
  token
    .split('.')
    .slice(0, 2)
    .map((part): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString()))
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const signWith = (header: object, claims: object, sign: (text: string) => Buffer) => {
  const text = `${encode(header)}.${encode(claims)}`
  return `${text}.${sign(text).toString('base64url')}`
}
const hs256 = (secret: Uint8Array) => (text: string) => createHmac('sha256', secret).update(text).digest()

/** What a thief of the database has: the key of a table's tickets. */
function stolenKey(id: string): { readonly kid: string; readonly secret: Uint8Array } {
  const database = new Database(join(server.dataDir, 'innkeeper.sqlite'), { readonly: true })
  const row = database.query<{ stored: string }, [string]>('SELECT stored FROM room WHERE id = ?').get(id)
  database.close()
  const text = row?.stored ?? ''
  const [, keys] = /("keys":.*)/.exec(text.replaceAll('\\"', '"')) ?? []
  const [, kid = ''] = /"kid":"([^"]+)"/.exec(keys ?? '') ?? []
  const [, secret = ''] = /"secret":"([^"]+)"/.exec(keys ?? '') ?? []
  return { kid, secret: Buffer.from(secret, 'base64url') }
}

/** Every address that wants a token of some family, with the families it takes. */
const doors: [string, (token: string) => ReturnType<TestServer['call']>, readonly string[]][] = [
  ['GET /auth/account', (token) => server.call('GET', '/auth/account', { token }), ['identity']],
  ['GET /auth/sign-ins', (token) => server.call('GET', '/auth/sign-ins', { token }), ['identity']],
  [
    'POST /rooms',
    (token) => server.call('POST', '/rooms', { token, body: { type: 'relay', name: 'x' } }),
    ['identity'],
  ],
  [
    'POST /getTicket',
    (token) => server.call('POST', `/getTicket/${roomId}`, { token }),
    ['identity', 'access'],
  ],
  [
    'POST /getTicket with tokenJwt',
    (token) => server.call('POST', `/getTicket/${roomId}`, { headers: { tokenJwt: token } }),
    ['identity', 'access'],
  ],
  ['GET /api/session', (token) => server.call('GET', '/api/session', { token }), ['access']],
  [
    'POST /api/dice/roll',
    (token) =>
      server.call('POST', '/api/dice/roll', { token, body: { expression: '1d20', visibility: 'public' } }),
    ['access'],
  ],
]

const families = (): Readonly<Record<string, string>> => ({
  identity: account.token,
  'identity refresh': account.refreshToken,
  access: table.accessToken,
  refresh: table.refreshToken,
  ticket,
  'ticket of a table': table.ticket,
})

describe.each(doors)('%s', (_path, knock, taken) => {
  const foreign = ['identity', 'identity refresh', 'access', 'refresh', 'ticket', 'ticket of a table'].filter(
    (each) => !taken.includes(each),
  )
  it.each(foreign)('[SEC-46] [SEC-49] [SEC-52] answers 401 to the family "%s"', async (family) => {
    const answer = await knock(families()[family] ?? '')
    expect(answer).toMatchObject({ status: 401, json: { type: '/problems/token-invalid' } })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  })
})

describe('the refresh endpoints', () => {
  it('[SEC-47] take no other family, and leave the sign-in as it was', async () => {
    const all = Object.entries(families())
    for (const [family, token] of all.filter(([name]) => name !== 'refresh')) {
      const answer = await server.call('POST', '/api/session/auth/refresh', { body: { refreshToken: token } })
      expect([family, answer.json.type]).toEqual([family, '/problems/invalid-grant'])
    }
    for (const [family, token] of all.filter(([name]) => name !== 'identity refresh')) {
      const answer = await server.call('POST', '/auth/refresh', { body: { refreshToken: token } })
      expect([family, answer.json.type]).toEqual([family, '/problems/invalid-grant'])
    }
    const seat = await openTable()
    const refused = await server.call('POST', '/api/session/auth/refresh', { token: seat.accessToken })
    expect(refused.status).toBe(401)
    expect(
      (await server.call('POST', '/api/session/auth/refresh', { token: seat.refreshToken })).status,
    ).toBe(200)
  })
})

describe('the socket', () => {
  const closeCode = async (id: string, token: string) => (await server.enter(id, token)).closeCode()

  it.each(['identity', 'identity refresh', 'access', 'refresh'])(
    '[SEC-46] closes with 4401 for the family "%s"',
    async (family) => {
      expect(await closeCode(table.id, families()[family] ?? '')).toBe(4401)
    },
  )

  it('[SEC-50] closes with 4403 for a ticket of another room', async () => {
    expect(await closeCode(other.id, table.ticket)).toBe(4403)
    expect(await closeCode(roomId, table.ticket)).toBe(4403)
    expect(await closeCode(table.id, ticket)).toBe(4403)
  })

  it('[SEC-50] closes with 4403 for room A signed with the key of room B, at either room', async () => {
    const [header, claims] = decode(table.ticket)
    const { kid, secret } = stolenKey(other.id)
    const forged = signWith({ ...header, kid }, { ...claims }, hs256(secret))
    expect(await closeCode(table.id, forged)).toBe(4403)
    expect(await closeCode(other.id, forged)).toBe(4403)
    const audience = signWith({ ...header, kid }, { ...claims, aud: `room:${other.id}` }, hs256(secret))
    expect(await closeCode(other.id, audience)).toBe(4403)
  })

  it("[SEC-51] closes for another player's uuid signed with the key of another room", async () => {
    const [header, claims] = decode(table.ticket)
    const { kid, secret } = stolenKey(other.id)
    const victim = { ...claims, uuid: account.uuid }
    expect(await closeCode(table.id, signWith({ ...header, kid }, victim, hs256(secret)))).toBe(4403)
    // With the name of the right key on it, it is nothing but a forgery.
    expect(await closeCode(table.id, signWith({ ...header }, victim, hs256(secret)))).toBe(4401)
  })

  it('[SEC-52] closes with 4401 for a ticket under another typ, and takes the same one under its own', async () => {
    const [header, claims] = decode(table.ticket)
    const { secret } = stolenKey(table.id)
    for (const typ of ['access+jwt', 'refresh+jwt', 'identity+jwt', 'JWT', 'Ticket+JWT', '', undefined]) {
      expect(await closeCode(table.id, signWith({ ...header, typ }, { ...claims }, hs256(secret)))).toBe(4401)
    }
    const genuine = await server.enter(table.id, signWith({ ...header }, { ...claims }, hs256(secret)))
    await genuine.next('welcome')
    await genuine.close()
  })

  it('[SEC-52] closes with 4401 for a ticket with more or fewer claims', async () => {
    const [header = {}, claims = {}] = decode(table.ticket)
    const { secret } = stolenKey(table.id)
    const { nick: _nick, ...less } = claims
    for (const wrong of [{ ...claims, role: 'gm' }, { ...claims, type: 'access' }, less]) {
      expect(await closeCode(table.id, signWith(header, wrong, hs256(secret)))).toBe(4401)
    }
  })
})

describe('a token of elsewhere', () => {
  const expectRefused = async (token: string) => {
    const answer = await server.call('POST', `/getTicket/${roomId}`, { headers: { tokenJwt: token } })
    expect(answer).toMatchObject({ status: 401, json: { type: '/problems/token-invalid' } })
  }

  it('[SEC-54] signed by another deployment of the same name and address is refused', async () => {
    const staging = await startTestServer({ env: { PUBLIC_URL: server.url } })
    const guest = await staging.register()
    const [, claims] = decode(guest.token)
    expect(claims?.['iss']).toBe(decode(account.token)[1]?.['iss'])
    await expectRefused(guest.token)
    const { json } = await staging.call('POST', '/api/session', {
      body: { name: 'Phandalin', gmName: 'Mira' },
    })
    expect((await server.call('GET', '/api/session', { token: json.accessToken })).status).toBe(401)
    expect(
      (await server.call('POST', '/api/session/auth/refresh', { token: json.refreshToken })).status,
    ).toBe(401)
    await staging.stop()
  })

  it('[SEC-54] signed by a key of our own making under the right kid is refused', async () => {
    const [header = {}, claims = {}] = decode(account.token)
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const es256 = (text: string) =>
      sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    await expectRefused(signWith(header, claims, es256))
  })

  it('[SEC-55] an ID token of a provider is none of ours', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const now = Math.floor(Date.now() / 1_000)
    const claims = {
      iss: 'https://accounts.google.com',
      aud: 'app.apps.googleusercontent.com',
      sub: account.uuid,
      email: 'a@example.org',
      email_verified: true,
      iat: now,
      exp: now + 600,
    }
    const rs256 = (text: string) =>
      createSign('RSA-SHA256')
        .update(text)
        .sign(createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })))
    await expectRefused(signWith({ alg: 'RS256', typ: 'JWT', kid: 'google' }, claims, rs256))
    const dressed = { ...claims, ...decode(account.token)[1] }
    await expectRefused(signWith({ alg: 'RS256', typ: 'identity+jwt', kid: 'google' }, dressed, rs256))
  })
})
