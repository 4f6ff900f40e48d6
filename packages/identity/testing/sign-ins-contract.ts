import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { createClient, parseClaims, parseHeader, parseSignedIn, type Client } from './client'
import {
  issuer,
  pageOrigin,
  startIdentity,
  type FreshUrl,
  type IdentityUnderTest,
} from './identity-under-test'

const minutes = 60_000
const days = 24 * 60 * minutes

/** Signing in, refreshing and signing out, through HTTP. */
export function signInsContract(name: string, create: () => Promise<FreshUrl>): void {
  describe(`signing in, on ${name}`, () => {
    let service: IdentityUnderTest
    let client: Client

    beforeAll(async () => {
      service = await startIdentity(await create())
      client = createClient(service.identity.app)
    })

    afterAll(() => service.close())

    const pass = (ms: number): void => {
      service.time.now += ms
    }
    const statusOf = async (token: string): Promise<number> =>
      (await client.send('GET', '/auth/account', { token })).status
    const refreshed = async (refreshToken: string): Promise<string> => {
      const answer = await client.refresh(refreshToken)
      expect(answer.status).toBe(200)
      return parseSignedIn(answer).refreshToken
    }

    it('registers with 201 and answers tokens that nobody may cache', async () => {
      const answer = await client.send('POST', '/auth/register', {
        body: { username: 'Greyhill', password: 'a long enough phrase', nick: 'Wirt' },
      })
      expect(answer.status).toBe(201)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const body = parseSignedIn(answer)
      expect(Object.keys(body).sort()).toEqual(['expiresIn', 'player', 'refreshToken', 'token'])
      expect(body.expiresIn).toBe(900)
      expect(body.player).toEqual({ uuid: expect.stringMatching(/^[0-9a-f-]{36}$/), nick: 'Wirt' })
      const login = await client.login('GREYHILL', 'a long enough phrase')
      expect(login.player).toEqual(body.player)
    })

    it('issues identity tokens with exactly the promised header and claims', async () => {
      const { token, player } = await client.register()
      const { body } = await client.send('GET', '/.well-known/jwks.json')
      const iat = Math.floor(service.time.now / 1000)
      expect(parseHeader(token)).toEqual({
        alg: 'ES256',
        typ: 'identity+jwt',
        kid: service.identity.keyRing.signingKey().kid,
      })
      expect(JSON.stringify(body)).toContain(String(parseHeader(token)['kid']))
      expect(parseClaims(token)).toEqual({
        iss: issuer,
        aud: 'game-server',
        sub: player.uuid,
        uuid: player.uuid,
        nick: player.nick,
        sid: expect.any(String),
        jti: expect.any(String),
        iat,
        exp: iat + 900,
      })
    })

    it('[SEC-46] takes no refresh token for an identity token, nor the reverse', async () => {
      const { token, refreshToken } = await client.register()
      expect(await statusOf(refreshToken)).toBe(401)
      const answer = await client.refresh(token)
      expect([answer.status, answer.body['type']]).toEqual([401, '/problems/invalid-grant'])
      await refreshed(refreshToken)
    })

    it('[SEC-67] answers 40 parallel refreshes of one token alike, from one rotation', async () => {
      const { refreshToken } = await client.register()
      const answers = await Promise.all(Array.from({ length: 40 }, () => client.refresh(refreshToken)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      const tokens = new Set(answers.map((answer) => parseSignedIn(answer).refreshToken))
      expect(tokens.size).toBe(1)
      const [next = ''] = tokens
      expect(parseClaims(next)['gen']).toBe(1)
    })

    it('[SEC-69] gives the same successor when the answer was lost: after 1 s, 60 s and 8 h', async () => {
      const { refreshToken } = await client.register()
      const next = await refreshed(refreshToken)
      for (const ms of [1_000, 59_000, 8 * 60 * minutes]) {
        pass(ms)
        expect(await refreshed(refreshToken)).toBe(next)
      }
    })

    it('[SEC-65] ends the sign-in when an old refresh token comes back after its successor was seen', async () => {
      const signedIn = await client.register()
      pass(minutes)
      const next = parseSignedIn(await client.refresh(signedIn.refreshToken))
      expect(await statusOf(next.token)).toBe(200)
      pass(11_000)
      const reuse = await client.refresh(signedIn.refreshToken)
      expect([reuse.status, reuse.body['type']]).toEqual([401, '/problems/refresh-reused'])
      pass(300)
      const later = await client.refresh(next.refreshToken)
      expect([later.status, later.body['type']]).toEqual([401, '/problems/session-revoked'])
      expect(await statusOf(next.token)).toBe(401)
      const again = await client.login(signedIn.username, signedIn.password)
      const { body } = await client.send('GET', '/auth/export', { token: again.token })
      expect(body['events']).toContainEqual(
        expect.objectContaining({ kind: 'ended', detail: 'refresh-reuse' }),
      )
    })

    it('[SEC-70] takes five lost answers and ends the sign-in at the sixth', async () => {
      const { refreshToken } = await client.register()
      await refreshed(refreshToken)
      for (let retry = 1; retry <= 5; retry++) {
        pass(11_000)
        await refreshed(refreshToken)
      }
      pass(11_000)
      expect((await client.refresh(refreshToken)).body['type']).toBe('/problems/refresh-reused')
    })

    it('[SEC-71] leaves no living token when a refresh meets a sign-out, 30 rounds', async () => {
      const { username, password } = await client.register()
      for (let round = 0; round < 30; round++) {
        const visitor = createClient(service.identity.app)
        const { token, refreshToken } = await visitor.login(username, password)
        const [race] = await Promise.all([
          visitor.refresh(refreshToken),
          visitor.send('POST', '/auth/logout', { token }),
        ])
        expect((await visitor.refresh(refreshToken)).status).toBe(401)
        if (race.status === 200) {
          expect(await statusOf(parseSignedIn(race).token)).toBe(401)
          expect((await visitor.refresh(parseSignedIn(race).refreshToken)).status).toBe(401)
        }
      }
    })

    it('[SEC-72] leaves only the sign-in that changed the password when refreshes meet it', async () => {
      const { username, password } = await client.register()
      const [kept, ...others] = [
        await client.login(username, password),
        await client.login(username, password),
        await client.login(username, password),
      ]
      const next = 'another long phrase'
      const body = { current: password, next }
      const [changed, ...races] = await Promise.all([
        client.send('POST', '/auth/password', { token: kept.token, body }),
        ...others.map(({ refreshToken }) => client.refresh(refreshToken)),
        client.send('POST', '/auth/login', { body: { username, password } }),
      ])
      expect(changed.status).toBe(204)
      for (const race of races.filter(({ status }) => status === 200)) {
        expect(await statusOf(parseSignedIn(race).token)).toBe(401)
        expect((await client.refresh(parseSignedIn(race).refreshToken)).status).toBe(401)
      }
      expect(await statusOf(kept.token)).toBe(200)
      await refreshed(kept.refreshToken)
      const again = await client.send('POST', '/auth/login', { body: { username, password } })
      expect(again.body['type']).toBe('/problems/credentials-wrong')
    })

    it('[SEC-74] refuses a refresh after 30 days unused, and after 90 days in any case', async () => {
      const idle = await client.register()
      pass(30 * days)
      expect((await client.refresh(idle.refreshToken)).status).toBe(401)
      let { refreshToken } = await client.register()
      for (let day = 0; day < 90; day += 15) {
        refreshToken = await refreshed(refreshToken)
        pass(15 * days)
      }
      expect((await client.refresh(refreshToken)).status).toBe(401)
    })

    it('[SEC-75] never issues a refresh token that outlives its sign-in', async () => {
      const first = await client.register()
      const endsAt = Number(parseClaims(first.refreshToken)['iat']) + 90 * (days / 1000)
      let { refreshToken } = first
      for (let step = 0; step < 4; step++) {
        pass(22 * days)
        refreshToken = await refreshed(refreshToken)
        const { iat, exp } = parseClaims(refreshToken)
        expect(Number(exp)).toBeLessThanOrEqual(endsAt)
        expect(Number(exp) - Number(iat)).toBeLessThanOrEqual(30 * (days / 1000))
      }
    })

    it('[SEC-77] refuses the identity token of a sign-in that was ended, after a restart too', async () => {
      const { token } = await client.register()
      expect(await statusOf(token)).toBe(200)
      expect((await client.send('POST', '/auth/logout', { token })).status).toBe(204)
      const refused = await client.send('GET', '/auth/account', { token })
      expect([refused.status, refused.body['type']]).toEqual([401, '/problems/token-invalid'])
      expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
      const { identity } = await service.restart()
      expect((await createClient(identity.app).send('GET', '/auth/account', { token })).status).toBe(401)
    })

    it('tells the rest of the system when a sign-in ends', async () => {
      const { token } = await client.register()
      const heard: unknown[] = []
      const stop = service.revocations.onRevoked((revocation) => heard.push(revocation))
      await client.send('POST', '/auth/logout', { token })
      stop()
      expect(heard).toEqual([expect.objectContaining({ kind: 'sign-in', sid: parseClaims(token)['sid'] })])
    })

    it('signs out everywhere', async () => {
      const { username, password, token } = await client.register()
      const other = await client.login(username, password)
      expect((await client.send('POST', '/auth/logout-everywhere', { token })).status).toBe(204)
      expect([await statusOf(token), await statusOf(other.token)]).toEqual([401, 401])
      const again = await client.login(username, password)
      expect(await statusOf(again.token)).toBe(200)
    })

    it('[SEC-79] refuses a refresh from a page that is not listed, and does not let it read', async () => {
      const { refreshToken } = await client.register()
      for (const origin of [
        'https://evil.example',
        'null',
        'http://play.example',
        `${pageOrigin}.evil.com`,
      ]) {
        const answer = await client.send('POST', '/auth/refresh', {
          body: { refreshToken },
          headers: { origin },
        })
        expect([answer.status, answer.body['type']]).toEqual([403, '/problems/origin-refused'])
        expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      }
      const listed = await client.send('POST', '/auth/refresh', {
        body: { refreshToken },
        headers: { origin: pageOrigin },
      })
      expect(listed.status).toBe(200)
      expect(listed.headers.get('access-control-allow-origin')).toBe(pageOrigin)
    })

    it('[SEC-80] answers a flood of refreshes with 429 and Retry-After, and ends nothing', async () => {
      const { token, refreshToken } = await client.register()
      const flood = await Promise.all(Array.from({ length: 100 }, () => client.refresh(refreshToken)))
      const refused = flood.filter(({ status }) => status === 429)
      expect(refused).toHaveLength(40)
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await statusOf(token)).toBe(200)
    })

    it("[SEC-84] answers 404 for another's sign-in and for one that never was, and ends neither", async () => {
      const [mine, theirs] = [await client.register(), await client.register()]
      for (const id of [String(parseClaims(theirs.token)['sid']), '1', 'nobody', "' OR 1=1--"]) {
        const path = `/auth/sign-ins/${encodeURIComponent(id)}`
        expect((await client.send('DELETE', path, { token: mine.token })).status).toBe(404)
      }
      expect(await statusOf(theirs.token)).toBe(200)
      await refreshed(theirs.refreshToken)
    })

    it('[SEC-85] lists sign-ins by id and device, with no token, hash or key', async () => {
      const { username, password, refreshToken } = await client.register()
      const phone = await client.send('POST', '/auth/login', {
        body: { username, password, device: 'My phone' },
        headers: { 'user-agent': 'Browser/1' },
      })
      const { token } = parseSignedIn(phone)
      const { text, body } = await client.send('GET', '/auth/sign-ins', { token })
      expect(body['signIns']).toEqual([expect.anything(), expect.anything()])
      expect(body['signIns']).toContainEqual({
        id: parseClaims(token)['sid'],
        current: true,
        device: {
          name: 'My phone',
          userAgent: 'Browser/1',
          ipPrefix: expect.stringMatching(/^203\..*\/24$/),
        },
        createdAt: service.time.now,
        lastUsedAt: service.time.now,
        expiresAt: service.time.now + 30 * days,
      })
      for (const secret of ['eyJ', '$argon2', token, refreshToken]) expect(text).not.toContain(secret)
      const id = String(parseClaims(refreshToken)['sid'])
      expect((await client.send('DELETE', `/auth/sign-ins/${id}`, { token })).status).toBe(204)
      expect((await client.refresh(refreshToken)).body['type']).toBe('/problems/session-revoked')
    })

    it('answers everything that needs a token with 401 when there is none', async () => {
      const paths = [
        ['GET', '/auth/account'],
        ['GET', '/auth/sign-ins'],
        ['GET', '/auth/export'],
        ['POST', '/auth/logout'],
        ['POST', '/auth/logout-everywhere'],
        ['DELETE', '/auth/sign-ins/x'],
      ] as const
      for (const [method, path] of paths) {
        expect((await client.send(method, path)).status).toBe(401)
        expect((await client.send(method, path, { token: 'eyJhbGciOiJub25lIn0.e30.' })).status).toBe(401)
      }
    })
  })
}
