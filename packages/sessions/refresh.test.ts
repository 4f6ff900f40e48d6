import { expect, it } from 'bun:test'
import fc from 'fast-check'
import type { FamilyTables } from '@innkeeper/tokens/families/families-migrations'
import type { Revocation } from '@innkeeper/tokens/revocations/revocations'
import { origin, type Answer, type SessionsUnderTest } from './testing/test-sessions'
import { onDatabases, type OpenSessions } from './testing/on-databases'
import { joinTable, openTable, problemOf, type Grant } from './testing/table'

/** For rounds and rounds of one thing that a player does once. */
const unlimited = {
  create: { points: 1_000, seconds: 60 },
  refreshPerSignIn: { points: 10_000, seconds: 60 },
  refreshPerIp: { points: 10_000, seconds: 60 },
}
const minuteMs = 60_000
const dayMs = 86_400_000

onDatabases('refreshing', (open: OpenSessions) => {
  it('trades the token from the header or from the body, and is never cached', async () => {
    const under = await open()
    const gm = await openTable(under)
    const first = await refresh(under, gm.refreshToken)
    expect(first.status).toBe(200)
    expect(first.headers.get('cache-control')).toBe('no-store')
    expect(Object.keys(first.json).sort()).toEqual(['accessToken', 'expiresIn', 'refreshToken'])
    const body = { refreshToken: first.json.refreshToken }
    expect((await under.ask('POST', '/api/session/auth/refresh', { body })).status).toBe(200)
  })

  it('[SEC-64] brings back who let their access token expire', async () => {
    const under = await open()
    const gm = await openTable(under)
    under.advance(30 * minuteMs)
    expect(problemOf(await view(under, gm.accessToken))).toBe('401 token-invalid')
    const { json } = await refresh(under, gm.refreshToken)
    expect((await view(under, json.accessToken)).status).toBe(200)
  })

  it('[SEC-67] rotates once for 40 at once, 20 rounds, and answers all of them the same token', async () => {
    const under = await open({ budgets: unlimited })
    const held = { token: (await openTable(under)).refreshToken }
    for (let round = 1; round <= 20; round += 1) {
      const all = await Promise.all(Array.from({ length: 40 }, () => refresh(under, held.token)))
      expect(new Set(all.map((answer) => answer.status))).toEqual(new Set([200]))
      expect(new Set(all.map((answer) => answer.json.refreshToken)).size).toBe(1)
      held.token = all[0]?.json.refreshToken
      expect(claimsOf(held.token)['gen']).toBe(round)
    }
  })

  it('[SEC-67] gives two tabs that refresh within ten seconds the same token, even when it was used already', async () => {
    const under = await open()
    const gm = await openTable(under)
    const { json: first } = await refresh(under, gm.refreshToken)
    await view(under, first.accessToken)
    under.advance(9_999)
    const second = await refresh(under, gm.refreshToken)
    expect([second.status, second.json.refreshToken]).toEqual([200, first.refreshToken])
  })

  it('[SEC-47] is 401 for an access token, and leaves the family alone', async () => {
    const under = await open()
    const gm = await openTable(under)
    expect(problemOf(await refresh(under, gm.accessToken))).toBe('401 invalid-grant')
    expect(problemOf(await refresh(under, gm.token))).toBe('401 invalid-grant')
    const nothing = await under.ask('POST', '/api/session/auth/refresh')
    expect(problemOf(nothing)).toBe('401 invalid-grant')
    expect((await refresh(under, gm.refreshToken)).status).toBe(200)
  })

  it('[SEC-65] [SEC-77] ends the sign-in when an old token comes back after its successor was used', async () => {
    const under = await open()
    const gm = await openTable(under)
    const { json: next } = await refresh(under, gm.refreshToken)
    await view(under, next.accessToken)
    under.advance(11_000)
    const heard: Revocation[] = []
    under.revocations.onRevoked((revocation) => heard.push(revocation))
    expect(problemOf(await refresh(under, gm.refreshToken))).toBe('401 refresh-reused')
    under.advance(300)
    expect(problemOf(await refresh(under, next.refreshToken))).toBe('401 session-revoked')
    for (const token of [gm.accessToken, next.accessToken]) {
      expect(problemOf(await view(under, token))).toBe('401 token-invalid')
    }
    expect(heard.map(({ kind }) => kind)).toEqual(['sign-in'])
    expect(await under.sessions.channelDoor.open(gm.token, undefined)).toMatchObject({ turned: 4401 })
  })

  it('[SEC-66] ends the sign-in for a grandparent, even within the grace', async () => {
    const under = await open()
    const gm = await openTable(under)
    const { json: one } = await refresh(under, gm.refreshToken)
    const { json: two } = await refresh(under, one.refreshToken)
    expect(problemOf(await refresh(under, gm.refreshToken))).toBe('401 refresh-reused')
    expect(problemOf(await refresh(under, two.refreshToken))).toBe('401 session-revoked')
  })

  it('changes nothing for a token that is newer than the database, as after an old backup was restored', async () => {
    const under = await open()
    const gm = await openTable(under)
    const { json: one } = await refresh(under, gm.refreshToken)
    const { json: two } = await refresh(under, one.refreshToken)
    const { sid } = claimsOf(gm.refreshToken)
    const { db } = under.database.withTables<FamilyTables>()
    await db
      .updateTable('token_family')
      .set({ gen: 0, confirmed_gen: 0 })
      .where('id', '=', String(sid))
      .execute()
    expect(problemOf(await refresh(under, two.refreshToken))).toBe('401 invalid-grant')
    expect((await refresh(under, gm.refreshToken)).status).toBe(200)
  })

  it('[SEC-81] puts thief and owner out at the second use, whoever came first', async () => {
    const under = await open()
    for (const firstSees of [true, false]) {
      const gm = await openTable(under)
      const { json: first } = await refresh(under, gm.refreshToken)
      if (firstSees) await view(under, first.accessToken)
      else await refresh(under, first.refreshToken)
      under.advance(11_000)
      expect(problemOf(await refresh(under, gm.refreshToken))).toBe('401 refresh-reused')
      expect(problemOf(await refresh(under, first.refreshToken))).toBe('401 session-revoked')
      expect(problemOf(await view(under, first.accessToken))).toBe('401 token-invalid')
    }
  })

  it('[SEC-82] finds a thief and an owner who take turns, one generation apart, within one cycle', async () => {
    const under = await open()
    const gm = await openTable(under)
    // Both hold the same token; each refreshes with what they were given last, and uses what they get.
    const held = { owner: gm.refreshToken, thief: gm.refreshToken }
    const outcomes: number[] = []
    for (const who of ['owner', 'thief', 'owner', 'thief'] as const) {
      const { status, json } = await refresh(under, held[who])
      outcomes.push(status)
      if (status !== 200) break
      held[who] = json.refreshToken
      await view(under, json.accessToken)
      under.advance(25 * minuteMs)
    }
    expect(outcomes).toEqual([200, 401])
    for (const token of Object.values(held)) expect((await refresh(under, token)).status).toBe(401)
  })

  it('[SEC-69] answers the same again after a lost answer, however late', async () => {
    const under = await open()
    const gm = await openTable(under)
    const { json } = await refresh(under, gm.refreshToken)
    for (const ms of [1_000, minuteMs, 8 * 60 * minuteMs]) {
      under.advance(ms)
      expect((await refresh(under, gm.refreshToken)).json.refreshToken).toBe(json.refreshToken)
    }
  })

  it('[SEC-70] ends the sign-in at the sixth repetition outside the grace', async () => {
    const under = await open()
    const gm = await openTable(under)
    await refresh(under, gm.refreshToken)
    under.advance(11_000)
    const statuses: number[] = []
    for (const token of Array.from({ length: 6 }, () => gm.refreshToken)) {
      statuses.push((await refresh(under, token)).status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 401])
  })

  it('[SEC-71] leaves no living token when a refresh meets a sign-out, 30 rounds', async () => {
    const under = await open({ budgets: unlimited })
    for (let round = 0; round < 30; round += 1) {
      const gm = await openTable(under)
      const path = `/api/session/devices/${String(claimsOf(gm.refreshToken)['sid'])}`
      const [refreshed, ended] = await Promise.all([
        refresh(under, gm.refreshToken),
        under.ask('DELETE', path, { token: gm.accessToken }),
      ])
      expect(ended.status).toBe(204)
      const next = refreshed.status === 200 ? [refreshed.json] : []
      for (const token of [gm.refreshToken, ...next.map((pair) => pair.refreshToken)])
        expect(problemOf(await refresh(under, token))).toBe('401 session-revoked')
      for (const token of [gm.accessToken, ...next.map((pair) => pair.accessToken)])
        expect((await view(under, token)).status).toBe(401)
      expect(await under.sessions.channelDoor.open(gm.token, undefined)).toMatchObject({ turned: 4401 })
    }
  })

  it('[SEC-71] [SEC-72] leaves no token of before alive, however a refresh races a recovery', async () => {
    const under = await open()
    for (const name of Array.from({ length: 10 }, (_, round) => `Mira ${round}`)) {
      const gm = await openTable(under, { gmName: name })
      const recoveryKey = { body: { recoveryKey: gm.recoveryKey } }
      const [refreshed, recovered] = await Promise.all([
        refresh(under, gm.refreshToken),
        under.ask('POST', '/api/session/recover', recoveryKey),
      ])
      const before = [gm.refreshToken, ...(refreshed.status === 200 ? [refreshed.json.refreshToken] : [])]
      for (const token of before) expect((await refresh(under, token)).status).toBe(401)
      const access = [gm.accessToken, ...(refreshed.status === 200 ? [refreshed.json.accessToken] : [])]
      for (const token of access) expect((await view(under, token)).status).toBe(401)
      expect((await view(under, recovered.json.accessToken)).status).toBe(200)
    }
  })

  it('[SEC-74] is over after 30 idle days, and at the absolute end although used daily', async () => {
    const under = await open({ absoluteMs: 40 * dayMs })
    const idle = await openTable(under)
    const daily = await openTable(under)
    const held = { token: daily.refreshToken }
    for (const _day of Array.from({ length: 39 })) {
      under.advance(dayMs)
      held.token = (await refresh(under, held.token)).json.refreshToken
    }
    expect(problemOf(await refresh(under, idle.refreshToken))).toBe('401 session-expired')
    under.advance(dayMs)
    expect(problemOf(await refresh(under, held.token))).toBe('401 session-expired')
    const late = await openTable(under)
    under.advance(30 * dayMs - 1)
    expect((await refresh(under, late.refreshToken)).status).toBe(200)
  })

  it('[SEC-76] is refused to who was sent out or banned, and at a table that was closed', async () => {
    const under = await open()
    const gm = await openTable(under)
    const [kicked, banned, left] = await Promise.all(
      ['Torin', 'Grima', 'Lia'].map((name) => joinTable(under, gm.session.code, name)),
    )
    const seat = (grant: Grant | undefined) => `/api/session/players/${grant?.player.uuid ?? ''}`
    await under.ask('DELETE', seat(kicked), { token: gm.accessToken })
    await under.ask('POST', `${seat(banned)}/ban`, { token: gm.accessToken })
    await under.ask('DELETE', '/api/session', { token: gm.accessToken })
    for (const grant of [kicked, banned, left, gm]) {
      expect(problemOf(await refresh(under, grant?.refreshToken ?? ''))).toBe('401 session-revoked')
      expect((await view(under, grant?.accessToken ?? '')).status).toBe(401)
    }
  })

  it('[SEC-79] refuses a page of an origin that is not listed', async () => {
    const under = await open()
    const gm = await openTable(under)
    for (const evil of ['https://evil.example', 'null', 'http://play.example', `${origin}.evil.com`]) {
      const answer = await refresh(under, gm.refreshToken, { origin: evil })
      expect(problemOf(answer)).toBe('403 origin-refused')
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
    expect((await refresh(under, gm.refreshToken, { origin })).status).toBe(200)
  })

  it('[SEC-80] slows a flood of one sign-in down without ending it', async () => {
    const under = await open({ budgets: { refreshPerSignIn: { points: 60, seconds: 60 } } })
    const [gm, other] = [await openTable(under), await openTable(under)]
    const flood = await Promise.all(Array.from({ length: 100 }, () => refresh(under, gm.refreshToken)))
    expect(flood.filter((answer) => answer.status === 200)).toHaveLength(60)
    const refused = flood.filter((answer) => answer.status === 429)
    expect(refused).toHaveLength(40)
    for (const answer of refused) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await refresh(under, other.refreshToken)).status).toBe(200)
    const next = flood.find((answer) => answer.status === 200)?.json
    expect((await view(under, next.accessToken)).status).toBe(200)
  })

  it('[SEC-80] slows a flood from one address down', async () => {
    const under = await open({ budgets: { refreshPerIp: { points: 5, seconds: 60 } } })
    const gm = await openTable(under)
    for (const token of Array.from({ length: 5 }, () => 'garbage')) {
      expect(problemOf(await refresh(under, token))).toBe('401 invalid-grant')
    }
    expect(problemOf(await refresh(under, gm.refreshToken))).toBe('429 too-many')
    const elsewhere = { token: gm.refreshToken, ip: '198.51.100.9' }
    expect((await under.ask('POST', '/api/session/auth/refresh', elsewhere)).status).toBe(200)
  })
})

onDatabases('the end of a refresh token', (open: OpenSessions) => {
  it('[SEC-75] is never after the end of its sign-in, nor more than 30 days away', async () => {
    const absoluteMs = 50 * dayMs
    const under = await open({ absoluteMs, budgets: { create: { points: 1_000, seconds: 60 } } })
    const waits = fc.array(fc.integer({ min: 0, max: 20 * dayMs }), { minLength: 1, maxLength: 6 })
    const property = fc.asyncProperty(waits, async (pauses) => {
      const end = Math.floor((under.now() + absoluteMs) / 1000)
      const held = { token: (await openTable(under)).refreshToken }
      for (const ms of pauses) {
        under.advance(ms)
        const answer = await refresh(under, held.token)
        if (answer.status !== 200) {
          expect(under.now() / 1000).toBeGreaterThanOrEqual(end - 1)
          return
        }
        held.token = answer.json.refreshToken
        const { exp, iat } = claimsOf(held.token)
        expect(exp).toBeLessThanOrEqual(end)
        expect(Number(exp) - Number(iat)).toBeLessThanOrEqual(30 * 86_400)
      }
    })
    await fc.assert(property, { numRuns: 25 })
  })
})

function refresh(
  under: SessionsUnderTest,
  token: Grant['refreshToken'],
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return under.ask('POST', '/api/session/auth/refresh', { token, headers })
}

function view(under: SessionsUnderTest, token: string): Promise<Answer> {
  return under.ask('GET', '/api/session', { token })
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}
