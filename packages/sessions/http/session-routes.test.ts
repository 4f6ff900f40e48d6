import { expect, it } from 'bun:test'
import { accountToken, type Answer, type SessionsUnderTest } from '../testing/test-sessions'
import { onDatabases, type OpenSessions } from '../testing/on-databases'
import { joinTable, openTable, problemOf } from '../testing/table'

onDatabases('opening a table', (open: OpenSessions) => {
  it('gives the game master the table, the seat, tokens, a channel token and a recovery key', async () => {
    const under = await open()
    const answer = await under.ask('POST', '/api/session', { body: { name: 'Phandalin', gmName: 'Mira' } })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const { session, player, expiresIn, token, recoveryKey } = answer.json
    expect(session).toMatchObject({ name: 'Phandalin', language: 'en', edition: '2014' })
    expect(session.code).toMatch(/^[A-Z2-9]{8}$/)
    expect(player).toEqual({ uuid: player.uuid, name: 'Mira', role: 'gm' })
    expect(expiresIn).toBe(1_800)
    expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(new Set([token, player.uuid, session.id]).size).toBe(3)
    expect(recoveryKey).toMatch(/^[A-Z2-9]{5}(-[A-Z2-9]{5}){3}$/)
  })

  it('makes a room for seats alone, owned by its game master', async () => {
    const under = await open({ seatsMax: 7 })
    const { session, player } = await openTable(under, { language: 'pt-BR', edition: '2024' })
    const room = await under.rooms.find(session.id)
    expect(room?.record).toMatchObject({
      id: session.id,
      type: 'tabletop',
      owner: player.uuid,
      admission: 'seats',
      guests: false,
      listed: false,
      maxPlayers: 7,
      options: { name: 'Phandalin', language: 'pt-BR', edition: '2024' },
    })
  })

  it('links an account, and refuses a bad identity token', async () => {
    const under = await open()
    const ask = (tokenJwt: string): Promise<Answer> =>
      under.ask('POST', '/api/session', {
        body: { name: 'Phandalin', gmName: 'Mira' },
        headers: { tokenJwt },
      })
    expect((await ask(accountToken)).status).toBe(201)
    const refused = await ask(`${accountToken}x`)
    expect(problemOf(refused)).toBe('401 token-invalid')
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  })

  it('refuses bodies and names that are not as expected', async () => {
    const under = await open()
    const refusals: readonly [unknown, string][] = [
      [{ name: 'Phandalin' }, '400 validation-failed'],
      [{ name: '', gmName: 'Mira' }, '400 name-refused'],
      [{ name: 'Phandalin', gmName: 'admin' }, '400 name-refused'],
      [{ name: 'x'.repeat(61), gmName: 'Mira' }, '400 name-refused'],
      [{ name: 'Phandalin', gmName: 7 }, '400 validation-failed'],
      [{ name: 'Phandalin', gmName: 'Mira', language: '../../etc' }, '400 validation-failed'],
      [{ name: 'Phandalin', gmName: 'Mira', edition: '2030' }, '400 validation-failed'],
      [{ name: 'Phandalin', gmName: 'Mira', isGm: true }, '400 validation-failed'],
    ]
    for (const [body, problem] of refusals) {
      expect(problemOf(await under.ask('POST', '/api/session', { body }))).toBe(problem)
    }
    await openTable(under, { name: 'x'.repeat(60) })
  })

  it('opens as many tables per address as the budget says, and no more', async () => {
    const under = await open({ budgets: { create: { points: 2, seconds: 3_600 } } })
    await openTable(under)
    await openTable(under)
    const refused = await under.ask('POST', '/api/session', { body: { name: 'r', gmName: 'Mira' } })
    expect(problemOf(refused)).toBe('429 too-many')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000)
    await openTable(under, {}, { ip: '198.51.100.9' })
  })
})

onDatabases('joining a table', (open: OpenSessions) => {
  it('gives the same shape and the role of a player, however the code is typed', async () => {
    const under = await open()
    const gm = await openTable(under)
    const code = String(gm.session.code)
    const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `
    const player = await joinTable(under, typed, 'Торин')
    expect(Object.keys(player).sort()).toEqual(Object.keys(gm).sort())
    expect(player.session).toEqual(gm.session)
    expect(player.player).toMatchObject({ name: 'Торин', role: 'player' })
    expect(player.token).not.toBe(gm.token)
  })

  it('refuses a code that no open table has', async () => {
    const under = await open()
    for (const code of ['ZZZZZZZZ', '', 'QX7M', "' OR 1=1--"]) {
      const answer = await under.ask('POST', '/api/session/join', { body: { code, name: 'Torin' } })
      expect(problemOf(answer)).toBe('404 session-not-found')
    }
  })

  it('suggests a free name when the wanted one looks like one that is taken', async () => {
    const under = await open()
    const { session } = await openTable(under, { gmName: 'coco' })
    const answer = await under.ask('POST', '/api/session/join', {
      body: { code: session.code, name: 'сосо' },
    })
    expect(problemOf(answer)).toBe('409 name-taken')
    const { suggestion } = answer.json
    expect((await joinTable(under, session.code, suggestion)).player.name).toBe(suggestion)
  })

  it('[SEC-147] gives a name to one of two who ask for it at once', async () => {
    const under = await open()
    const { session } = await openTable(under)
    const body = { code: session.code, name: 'Torin' }
    const race = await Promise.all([1, 2, 3].map(() => under.ask('POST', '/api/session/join', { body })))
    expect(race.map((answer) => answer.status).sort()).toEqual([200, 409, 409])
  })

  it('refuses the one past the last seat, and keeps nothing of them', async () => {
    const under = await open({ seatsMax: 2 })
    const { session, accessToken } = await openTable(under)
    await joinTable(under, session.code, 'Torin')
    const answer = await under.ask('POST', '/api/session/join', { body: { code: session.code, name: 'Lia' } })
    expect(problemOf(answer)).toBe('409 room-full')
    expect(JSON.stringify((await viewOf(under, accessToken)).json)).not.toContain('Lia')
  })

  it('gives as many seats per address as the budget says, and counts those that it refuses', async () => {
    const under = await open({ budgets: { join: { points: 3, seconds: 60 } } })
    const { session } = await openTable(under)
    const join = (name: string): Promise<Answer> =>
      under.ask('POST', '/api/session/join', { body: { code: session.code, name } })
    for (const [name, status] of [
      ['Torin', 200],
      ['Torin', 409],
      ['Torin', 409],
      ['Lia', 429],
    ] as const) {
      expect((await join(name)).status).toBe(status)
    }
  })

  it('stops guessing of codes, and never those who know theirs', async () => {
    const under = await open({ budgets: { wrongCode: { points: 3, seconds: 60 } } })
    const { session } = await openTable(under)
    const guess = (): Promise<Answer> =>
      under.ask('POST', '/api/session/join', { body: { code: 'ZZZZZZZZ', name: 'Torin' } })
    for (const name of ['Ana', 'Bo Li', 'Cleo', 'Dara', 'Emre']) await joinTable(under, session.code, name)
    for (const expected of [404, 404, 404, 429]) expect((await guess()).status).toBe(expected)
    const body = { code: session.code, name: 'Fynn' }
    expect((await under.ask('POST', '/api/session/join', { body })).status).toBe(429)
    expect((await under.ask('POST', '/api/session/join', { body, ip: '198.51.100.9' })).status).toBe(200)
  })
})

onDatabases('the table as a player sees it', (open: OpenSessions) => {
  it('holds the session, the seat and the state', async () => {
    const under = await open()
    const gm = await openTable(under)
    const player = await joinTable(under, gm.session.code, 'Torin')
    const { status, json } = await viewOf(under, player.accessToken)
    expect(status).toBe(200)
    expect(json.session).toEqual(gm.session)
    expect(json.player).toEqual(player.player)
    expect(json.isLinked).toBe(false)
    expect(json.seq).toBeGreaterThan(1)
    expect(json.players).toEqual([])
    expect(JSON.stringify(json.state)).toContain('Torin')
  })

  it('[SEC-85] holds no token, hash or key', async () => {
    const under = await open()
    const gm = await openTable(under)
    const { text, json } = await viewOf(under, gm.accessToken)
    for (const secret of [gm.accessToken, gm.refreshToken, gm.token, gm.recoveryKey]) {
      expect(text).not.toContain(secret)
    }
    // The commitment to the dice is a hash, and meant to be read.
    const { dice, ...state } = json.state
    expect(dice.commit).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify({ ...json, state })).not.toMatch(/[0-9a-f]{64}|hash|skeleton|signIn|account/i)
  })

  it('is 401 for anything but a good access token, whatever the scheme is written like', async () => {
    const under = await open()
    const gm = await openTable(under)
    const forged = `${gm.accessToken.slice(0, -4)}AAAA`
    for (const path of ['/api/session', '/api/session/devices', '/api/session/claims', '/api/dice/history']) {
      for (const token of [undefined, '', gm.token, gm.recoveryKey, forged, gm.player.uuid]) {
        const answer = await under.ask('GET', path, token === undefined ? {} : { token })
        expect(problemOf(answer)).toBe('401 token-invalid')
        expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
      }
      const headers = { authorization: `bEaReR ${gm.accessToken}` }
      expect((await under.ask('GET', path, { headers })).status).toBe(200)
    }
  })

  it('[SEC-46] is 401 for a refresh token', async () => {
    const under = await open()
    const gm = await openTable(under)
    expect(problemOf(await viewOf(under, gm.refreshToken))).toBe('401 token-invalid')
  })

  it('[SEC-49] is 401 for a ticket of the same room', async () => {
    const under = await open()
    const gm = await openTable(under)
    const holder = await under.sessions.authenticator.authenticate(gm.accessToken)
    const { ticket } = await under.desk.issueTo(holder, gm.session.id, () => false)
    expect(problemOf(await viewOf(under, ticket))).toBe('401 token-invalid')
    expect((await viewOf(under, gm.accessToken)).status).toBe(200)
  })
})

function viewOf(under: SessionsUnderTest, token: string): Promise<Answer> {
  return under.ask('GET', '/api/session', { token })
}
