import { expect, it } from 'bun:test'
import { parsePlayerUuid, type PlayerUuid } from '@innkeeper/protocol/ids'
import { until } from '../../../tests/support/until'
import { onDatabases, type OpenSessions } from '../testing/on-databases'
import {
  allOpen,
  historyOf,
  joinTable,
  opens,
  openTable,
  problemOf,
  viewOf,
  type Grant,
} from '../testing/table'
import { identityTokenOf, type Answer, type SessionsUnderTest } from '../testing/test-sessions'

const minuteMs = 60_000

onDatabases('linking a seat to an account', (open: OpenSessions) => {
  it('[SEC-165] keeps uuid, seat, tokens and history of the guest', async () => {
    const { under, player } = await tableOfTwo(open)
    await under.ask('POST', '/api/dice/roll', {
      token: player.accessToken,
      body: { expression: '1d20', visibility: 'self', label: 'mine' },
    })
    const before = await viewOf(under, player)
    expect(before.isLinked).toBe(false)
    const account = newAccount()
    expect((await link(under, player, account)).status).toBe(204)
    expect(await opens(under, player)).toBe(allOpen)
    const after = await viewOf(under, player)
    expect(after.isLinked).toBe(true)
    expect([after.player, after.session]).toEqual([before.player, before.session])
    expect(after.state.players).toEqual(before.state.players)
    expect(JSON.stringify(after.state)).toContain('mine')
    expect(JSON.stringify(after)).not.toContain(account)
    expect(await tablesOf(under, account)).toHaveLength(1)
  })

  it('[SEC-165] gives a seat to one of two accounts that ask at once, and to no other after', async () => {
    const { under, player } = await tableOfTwo(open)
    const accounts = [newAccount(), newAccount()]
    const race = await Promise.all(accounts.map((account) => link(under, player, account)))
    expect(race.map(({ status }) => status).sort()).toEqual([204, 403])
    const listed = await Promise.all(accounts.map((account) => tablesOf(under, account)))
    expect(listed.map(({ length }) => length).sort()).toEqual([0, 1])
    expect(problemOf(await link(under, player, newAccount()))).toBe('403 not-allowed')
    const [owner = newAccount()] = accounts.filter((_, index) => listed[index]?.length === 1)
    expect((await link(under, player, owner)).status).toBe(204)
  })

  it('links one seat per table and account', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const account = newAccount()
    await link(under, gm, account)
    const second = await link(under, player, account)
    expect([problemOf(second), second.json.sessionId]).toEqual(['409 already-seated', gm.session.id])
    const headers = { tokenJwt: identityTokenOf(account) }
    const body = { code: gm.session.code, name: 'Lia' }
    expect(problemOf(await under.ask('POST', '/api/session/join', { body, headers }))).toBe(
      '409 already-seated',
    )
    expect((await under.ask('POST', '/api/session/join', { body })).status).toBe(200)
  })

  it('needs both tokens, each in its own place', async () => {
    const { under, player } = await tableOfTwo(open)
    const tokenJwt = identityTokenOf(newAccount())
    const path = '/api/session/link'
    expect(problemOf(await under.ask('POST', path, { headers: { tokenJwt } }))).toBe('401 token-invalid')
    expect(problemOf(await under.ask('POST', path, { token: tokenJwt, headers: { tokenJwt } }))).toBe(
      '401 token-invalid',
    )
    const token = player.accessToken
    expect(problemOf(await under.ask('POST', path, { token }))).toBe('400 validation-failed')
    for (const wrong of [`${tokenJwt}x`, token, player.token])
      expect(problemOf(await under.ask('POST', path, { token, headers: { tokenJwt: wrong } }))).toBe(
        '401 token-invalid',
      )
    expect((await viewOf(under, player)).isLinked).toBe(false)
  })

  it('is told to the table, without the account', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const account = newAccount()
    await link(under, player, account)
    const [told] = await historyOf(under, gm)
    expect(JSON.stringify(told)).toContain('player.linked')
    expect(JSON.stringify(await historyOf(under, gm))).not.toContain(account)
  })
})

onDatabases('the tables of an account', (open: OpenSessions) => {
  it('are those at which it has a seat, the latest played first, the code for the game master alone', async () => {
    const under = await open()
    const account = newAccount()
    const headers = { tokenJwt: identityTokenOf(account) }
    const own = await openTable(under, { name: 'Phandalin' }, { headers })
    under.advance(minuteMs)
    const other = await openTable(under, { name: 'Icespire' })
    const body = { code: other.session.code, name: 'Torin' }
    const seat: Grant = (await under.ask('POST', '/api/session/join', { body, headers })).json
    const listed = await tablesOf(under, account)
    expect<readonly object[]>(listed).toEqual([
      {
        id: other.session.id,
        name: 'Icespire',
        role: 'player',
        player: { uuid: seat.player.uuid, name: 'Torin' },
        createdAt: under.now(),
        lastPlayedAt: under.now(),
      },
      {
        id: own.session.id,
        name: 'Phandalin',
        role: 'gm',
        code: own.session.code,
        player: { uuid: own.player.uuid, name: 'Mira' },
        createdAt: under.now() - minuteMs,
        lastPlayedAt: under.now() - minuteMs,
      },
    ])
    under.advance(10 * minuteMs)
    await under.sessions.channelDoor.open(own.token, undefined)
    expect((await tablesOf(under, account)).map(({ id }) => id)).toEqual([own.session.id, other.session.id])
    under.advance(15 * minuteMs)
    await viewOf(under, seat)
    expect((await tablesOf(under, account)).map(({ id }) => id)).toEqual([other.session.id, own.session.id])
    await under.ask('DELETE', '/api/session', { token: own.accessToken })
    expect((await tablesOf(under, account)).map(({ id }) => id)).toEqual([other.session.id])
    expect(await tablesOf(under, newAccount())).toEqual([])
  })

  it('are told to who holds an identity token, in either header', async () => {
    const under = await open()
    const token = identityTokenOf(newAccount())
    // The verifier of these tests takes tokens with spaces, which a bearer cannot have.
    expect((await under.ask('GET', '/api/tables', { headers: { tokenJwt: token } })).status).toBe(200)
    const gm = await openTable(under)
    for (const wrong of [undefined, gm.accessToken, gm.token, 'x']) {
      const ask = wrong === undefined ? {} : { token: wrong }
      expect(problemOf(await under.ask('GET', '/api/tables', ask))).toBe('401 token-invalid')
      expect(problemOf(await under.ask('POST', `/api/tables/${gm.session.id}/enter`, ask))).toBe(
        '401 token-invalid',
      )
    }
  })

  it('are entered on a new device without a key; those that are there stay', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const account = newAccount()
    await link(under, player, account)
    const entered = await enter(under, account, gm.session.id)
    expect([entered.status, entered.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const phone: Grant = entered.json
    expect(phone.player).toEqual(player.player)
    expect(Object.keys(phone)).not.toContain('recoveryKey')
    for (const device of [player, phone]) expect(await opens(under, device)).toBe(allOpen)
    const listed = await under.ask('GET', '/api/session/devices', { token: phone.accessToken })
    expect(listed.json.devices).toHaveLength(2)
  })

  it('are entered by nobody without a seat there', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const account = newAccount()
    for (const id of [gm.session.id, crypto.randomUUID(), 'x'.repeat(65), '%20'])
      expect(problemOf(await enter(under, account, id))).toBe('404 room-not-found')
    await link(under, player, account)
    await under.ask('DELETE', `/api/session/players/${player.player.uuid}`, { token: gm.accessToken })
    expect(problemOf(await enter(under, account, gm.session.id))).toBe('404 room-not-found')
  })

  it('are entered as often as the budget says', async () => {
    const under = await open({ budgets: { enter: { points: 2, seconds: 60 } } })
    const gm = await openTable(under)
    const [account, other] = [newAccount(), newAccount()]
    for (const status of [404, 404, 429])
      expect((await enter(under, account, gm.session.id)).status).toBe(status)
    expect((await enter(under, other, gm.session.id)).status).toBe(404)
  })
})

onDatabases('a deleted account', (open: OpenSessions) => {
  it('[SEC-166] leaves its seats to who holds their keys, and nothing of itself', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const account = newAccount()
    await link(under, player, account)
    await under.revocations.revokePlayer(account, under.now())
    await until(async () => !(await viewOf(under, player)).isLinked)
    expect(await opens(under, player)).toBe(allOpen)
    expect(await tablesOf(under, account)).toEqual([])
    await until(async () => JSON.stringify(await historyOf(under, gm)).includes('"isLinked":false'))
    expect((await link(under, player, newAccount())).status).toBe(204)
  })
})

async function tableOfTwo(open: OpenSessions) {
  const under = await open()
  const gm = await openTable(under)
  return { under, gm, player: await joinTable(under, gm.session.code, 'Torin') }
}

function newAccount(): PlayerUuid {
  const uuid = parsePlayerUuid(crypto.randomUUID())
  if (uuid === undefined) throw new Error('a uuid is a player uuid')
  return uuid
}

function link(under: SessionsUnderTest, { accessToken: token }: Grant, account: PlayerUuid): Promise<Answer> {
  return under.ask('POST', '/api/session/link', { token, headers: { tokenJwt: identityTokenOf(account) } })
}

async function tablesOf(
  under: SessionsUnderTest,
  account: PlayerUuid,
): Promise<readonly { readonly id: string }[]> {
  const answer = await under.ask('GET', '/api/tables', { headers: { tokenJwt: identityTokenOf(account) } })
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  return answer.json.tables
}

function enter(under: SessionsUnderTest, account: PlayerUuid, id: string): Promise<Answer> {
  return under.ask('POST', `/api/tables/${id}/enter`, { headers: { tokenJwt: identityTokenOf(account) } })
}
