import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { createClient, parseSignedIn, randomName, type Answer, type Client } from './client'
import { startIdentity, type FreshUrl, type IdentityUnderTest } from './identity-under-test'

const pattern = 'a1b2c3d4'
const days = 24 * 60 * 60_000

/** Accounts, through HTTP. */
export function accountsContract(name: string, create: () => Promise<FreshUrl>): void {
  describe(`accounts, on ${name}`, () => {
    let service: IdentityUnderTest
    let client: Client

    beforeAll(async () => {
      service = await startIdentity(await create())
      client = createClient(service.identity.app)
    })

    afterAll(() => service.close())

    const tryRegister = (body: object): Promise<Answer> =>
      createClient(service.identity.app).send('POST', '/auth/register', {
        body: { username: randomName(), password: 'a long enough phrase', ...body },
      })
    const tryLogin = (username: string, password: string): Promise<Answer> =>
      client.send('POST', '/auth/login', { body: { username, password } })

    it('shows an account to its owner', async () => {
      const { token, username, player } = await client.register()
      const { status, body, headers } = await client.send('GET', '/auth/account', { token })
      expect(status).toBe(200)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(body).toEqual({
        uuid: player.uuid,
        username,
        nick: player.nick,
        createdAt: service.time.now,
        passwordChangedAt: service.time.now,
      })
    })

    it('takes usernames of 3 to 32 and refuses one less and one more', async () => {
      for (const [username, status] of [
        ['ab', 400],
        ['ab1', 201],
        [`x${'y'.repeat(31)}`, 201],
        [`x${'y'.repeat(32)}`, 400],
        ['.abc', 400],
        ['a b c', 400],
        ['ab\u212A', 400],
        ['аbcd', 400],
      ] as const) {
        expect((await tryRegister({ username, nick: randomName() })).status).toBe(status)
      }
    })

    it('has one account per username, whatever the case', async () => {
      const { username } = await client.register()
      const again = await tryRegister({ username: username.toUpperCase(), nick: randomName() })
      expect(again.status).toBe(409)
      expect(again.body).toMatchObject({ type: '/problems/name-taken', field: 'username' })
    })

    it('[SEC-145] refuses a nick that is no text', async () => {
      const { token } = await client.register()
      for (const nick of [7, null, ['a', 'b'], { a: 1 }, true]) {
        expect((await tryRegister({ nick })).status).toBe(400)
        expect((await client.send('PATCH', '/auth/account', { token, body: { nick } })).status).toBe(400)
      }
    })

    it('[SEC-146] refuses a nick that reads as a guest or as staff', async () => {
      for (const nick of ['Guest-1234', 'guest', 'GUEST_7', 'admin', 'Adm1n']) {
        const answer = await tryRegister({ nick })
        expect([answer.status, answer.body['type']]).toEqual([400, '/problems/name-refused'])
      }
    })

    it('[SEC-147] gives two who race for one look to one of them, with one 409 for the other', async () => {
      for (let round = 0; round < 5; round++) {
        const nick = `Co${randomName()}`
        const answers = await Promise.all([tryRegister({ nick }), tryRegister({ nick: nick.toUpperCase() })])
        expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
        expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ field: 'nick' })
      }
    })

    it('[SEC-149] takes the composed and the decomposed form of a name for one', async () => {
      const nick = `Zo\u00eb${randomName().slice(0, 10)}`
      expect((await tryRegister({ nick })).status).toBe(201)
      expect((await tryRegister({ nick: nick.normalize('NFD') })).status).toBe(409)
    })

    it('changes the nick, which tokens carry from the next refresh on', async () => {
      const { token, refreshToken, player } = await client.register()
      const { player: other } = await client.register()
      const nick = `New ${randomName().slice(0, 8)}`
      const changed = await client.send('PATCH', '/auth/account', { token, body: { nick } })
      expect([changed.status, changed.body['nick']]).toEqual([200, nick])
      const next = parseSignedIn(await client.refresh(refreshToken))
      expect(next.player).toEqual({ uuid: player.uuid, nick })
      const taken = await client.send('PATCH', '/auth/account', { token, body: { nick: other.nick } })
      expect([taken.status, taken.body['type']]).toEqual([409, '/problems/name-taken'])
    })

    it('[SEC-155] takes passwords exactly as typed, of 8 to 128 characters', async () => {
      const accepted = [
        pattern.repeat(16),
        `${pattern.repeat(15)}plus 6\u{1f409}\u{1f409}`,
        ' leading and trailing ',
        'nul\0inside here',
        'Zo\u00eb writes accents',
        '8 chars!',
      ]
      for (const password of accepted) {
        const { username } = await client.register({ password })
        expect((await tryLogin(username, password)).status).toBe(200)
        const near = password.trim() === password ? password.normalize('NFD') : password.trim()
        if (near !== password) expect((await tryLogin(username, near)).status).toBe(401)
      }
      const cut = await client.register({ password: 'nul\0inside here' })
      expect((await tryLogin(cut.username, 'nul\0')).status).toBe(401)
      for (const password of [`${pattern.repeat(16)}!`, '7 chars', 'half \ud800 a letter']) {
        const refused = await tryRegister({ password })
        expect([refused.status, refused.body['type']]).toEqual([400, '/problems/password-refused'])
      }
      expect((await tryLogin(cut.username, `${pattern.repeat(16)}!`)).status).toBe(400)
      expect((await tryRegister({ password: 'x'.repeat(1_000_000) })).status).toBe(413)
    })

    it('[SEC-156] refuses passwords that everybody tries, and names', async () => {
      const username = randomName()
      const nick = `Zq${randomName()}`
      const refused = [
        'password',
        '12345678',
        'Password1',
        'innkeeper',
        'Innkeeper-2026!',
        username,
        `${nick}99`,
        'aaaaaaaaaa',
      ]
      for (const password of refused) {
        const answer = await tryRegister({ username, nick, password })
        expect([password, answer.body['type']]).toEqual([password, '/problems/password-refused'])
      }
    })

    it('counts the password that is asked again as an attempt like any other', async () => {
      const { token, password } = await client.register()
      const body = { current: 'not the password', next: 'another long phrase' }
      for (let attempt = 0; attempt < 5; attempt++) {
        expect((await client.send('POST', '/auth/password', { token, body })).status).toBe(401)
      }
      expect((await client.send('DELETE', '/auth/account', { token, body: { password } })).status).toBe(429)
    })

    it('[SEC-154] counts by the socket, whatever X-Forwarded-For says', async () => {
      const attacker = createClient(service.identity.app)
      const attempts = Array.from({ length: 101 }, (_, attempt) => attempt)
      const statuses = new Set<number>()
      for (const attempt of attempts) {
        const answer = await attacker.send('POST', '/auth/login', {
          // Over the limit of one name five times, so that most attempts cost no hash.
          body: { username: `nobody${attempt % 4}`, password: 'wrong password' },
          headers: { 'x-forwarded-for': `198.51.100.${attempt}` },
        })
        statuses.add(answer.status)
      }
      const fresh = await attacker.send('POST', '/auth/login', {
        body: { username: randomName(), password: 'wrong password' },
        headers: { 'x-forwarded-for': '192.0.2.1' },
      })
      expect(statuses).toEqual(new Set([401, 429]))
      expect(fresh.status).toBe(429)
    })

    it('[SEC-76] [SEC-166] deletes an account with every token that it was issued', async () => {
      const { username, password, token, refreshToken, player } = await client.register()
      const other = await client.login(username, password)
      const heard: unknown[] = []
      const stop = service.revocations.onRevoked((revocation) => heard.push(revocation))
      const wrong = await client.send('DELETE', '/auth/account', {
        token,
        body: { password: 'not the password' },
      })
      expect(wrong.status).toBe(401)
      expect((await client.send('DELETE', '/auth/account', { token, body: { password } })).status).toBe(204)
      stop()
      expect(heard).toContainEqual(expect.objectContaining({ kind: 'player', uuid: player.uuid }))
      for (const dead of [token, other.token]) {
        for (const path of ['/auth/account', '/auth/export', '/auth/sign-ins']) {
          expect((await client.send('GET', path, { token: dead })).status).toBe(401)
        }
      }
      for (const dead of [refreshToken, other.refreshToken])
        expect((await client.refresh(dead)).status).toBe(401)
      expect((await tryLogin(username, password)).status).toBe(401)
      const { identity } = await service.restart()
      expect((await createClient(identity.app).send('GET', '/auth/account', { token })).status).toBe(401)
    })

    it('[SEC-166] keeps the names of a deleted account for 30 days', async () => {
      const { username, password, token, player } = await client.register()
      await client.send('DELETE', '/auth/account', { token, body: { password } })
      service.time.now += 30 * days - 1
      expect((await tryRegister({ username, nick: randomName() })).body).toMatchObject({ field: 'username' })
      expect((await tryRegister({ nick: player.nick })).body).toMatchObject({ field: 'nick' })
      const neighbour = await client.register()
      const renamed = await client.send('PATCH', '/auth/account', {
        token: neighbour.token,
        body: { nick: player.nick },
      })
      expect(renamed.status).toBe(409)
      service.time.now += 1
      expect((await tryRegister({ username, nick: player.nick })).status).toBe(201)
    })

    it('exports everything about an account and no secret', async () => {
      const { token, refreshToken, username, password } = await client.register()
      const { status, text, body, headers } = await client.send('GET', '/auth/export', { token })
      expect(status).toBe(200)
      expect(headers.get('content-disposition')).toContain('attachment')
      expect(Object.keys(body).sort()).toEqual(['account', 'events', 'exportedAt', 'signIns'])
      expect(text).toContain(username)
      for (const secret of [password, '$argon2', 'eyJ', token, refreshToken, 'skeleton', 'hash']) {
        expect(text).not.toContain(secret)
      }
    })
  })
}
