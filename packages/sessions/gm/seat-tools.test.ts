import { expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import { onDatabases, type OpenSessions } from '../testing/on-databases'
import {
  allOpen,
  allShut,
  historyOf,
  joinTable,
  opens,
  openTable,
  problemOf,
  viewOf,
  type Grant,
} from '../testing/table'
import {
  accountToken,
  accountUuid,
  identityTokenOf,
  testSessions,
  type Answer,
  type Ask,
  type SessionsUnderTest,
} from '../testing/test-sessions'

const minuteMs = 60_000

onDatabases('a kick', (open: OpenSessions) => {
  it('[SEC-76] ends the seat with everything that opened it, and frees its name', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    expect((await remove(under, gm, player.player.uuid)).status).toBe(204)
    expect(await opens(under, player)).toBe(allShut)
    expect(problemOf(await recover(under, player))).toBe('401 recovery-failed')
    expect(await opens(under, gm)).toBe(allOpen)
    expect(await roleOf(under, gm, player)).toBe('watcher')
    const again = await joinTable(under, gm.session.code, 'Torin')
    expect(again.player.uuid).not.toBe(player.player.uuid)
    expect(await opens(under, again)).toBe(allOpen)
  })

  it('leaves the characters of the player with the game master', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const made = await under.ask('POST', '/api/characters', {
      token: player.accessToken,
      body: { name: 'Gimli' },
    })
    expect(made.status).toBe(201)
    const { id } = made.json.character
    await remove(under, gm, player.player.uuid)
    const kept = await under.ask('GET', `/api/characters/${id}`, { token: gm.accessToken })
    expect([kept.json.character.name, kept.json.character.owner]).toEqual(['Gimli', null])
  })

  it('is for the game master, about the seats of their own table and not their own', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const elsewhere = await openTable(under)
    const lia = await joinTable(under, gm.session.code, 'Lia')
    expect(problemOf(await remove(under, lia, player.player.uuid))).toBe('403 not-allowed')
    expect(problemOf(await remove(under, elsewhere, player.player.uuid))).toBe('404 not-found')
    expect(problemOf(await remove(under, gm, gm.player.uuid))).toBe('403 not-allowed')
    for (const uuid of [crypto.randomUUID(), 'nobody', '%00'])
      expect(problemOf(await remove(under, gm, uuid))).toBe('404 not-found')
    expect(await opens(under, player)).toBe(allOpen)
  })

  it('is done once, and said once', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const race = await Promise.all([1, 2, 3].map(() => remove(under, gm, player.player.uuid)))
    for (const { status } of race) expect([204, 404]).toContain(status)
    const said = (await historyOf(under, gm)).filter((event) =>
      JSON.stringify(event).includes('player.removed'),
    )
    expect(said).toHaveLength(1)
    expect(problemOf(await remove(under, gm, player.player.uuid))).toBe('404 not-found')
    expect(await roleOf(under, gm, player)).toBe('watcher')
    expect(await opens(under, await joinTable(under, gm.session.code, 'Torin'))).toBe(allOpen)
  })

  it('that reached the seats and not the room is made up for by the next', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    await under.stores.seats.remove(uuidOf(player.player.uuid))
    expect(await roleOf(under, gm, player)).toBe('player')
    expect((await remove(under, gm, player.player.uuid)).status).toBe(204)
    expect(await roleOf(under, gm, player)).toBe('watcher')
    expect((await under.ask('GET', '/api/session', { token: player.accessToken })).status).toBe(401)
  })

  it('works also when the room can keep out nobody more', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    for (let index = 0; index < limits.exclusionsPerRoom; index += 1)
      await under.rooms.kick(gm.session.id, uuidOf(`gone-${index}`))
    expect((await remove(under, gm, player.player.uuid)).status).toBe(204)
    expect(await opens(under, player)).toBe(allShut)
  })
})

onDatabases('leaving for good', (open: OpenSessions) => {
  it('ends the seat as a kick does', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    expect((await remove(under, player, 'me')).status).toBe(204)
    expect(await opens(under, player)).toBe(allShut)
    expect(await roleOf(under, gm, player)).toBe('watcher')
    await joinTable(under, gm.session.code, 'Torin')
  })

  it('is not for the game master', async () => {
    const { under, gm } = await tableOfTwo(open)
    expect(problemOf(await remove(under, gm, 'me'))).toBe('403 not-allowed')
    expect(await opens(under, gm)).toBe(allOpen)
  })
})

onDatabases('a ban', (open: OpenSessions) => {
  it('[SEC-101] keeps the name out for as long as it was said to, whatever it is spelt like', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const answer = await ban(under, gm, player.player.uuid, { minutes: 5 })
    expect([answer.status, answer.json]).toEqual([200, { until: under.now() + 5 * minuteMs }])
    expect(await opens(under, player)).toBe(allShut)
    for (const name of ['Torin', 'TORIN', 'Тorin']) {
      const refused = await join(under, gm, name)
      // A word of two alphabets is refused for itself.
      expect(['403 banned', '400 name-refused']).toContain(problemOf(refused))
    }
    const refused = await join(under, gm, 'Torin')
    expect(refused.json.until).toBe(answer.json.until)
    under.advance(5 * minuteMs - 1)
    expect(problemOf(await join(under, gm, 'Torin'))).toBe('403 banned')
    under.advance(1)
    expect((await join(under, gm, 'Torin')).status).toBe(200)
  })

  it('[SEC-101] of a seat with an account keeps the account out, under every name', async () => {
    const under = await open()
    const gm = await openTable(under)
    const headers = { tokenJwt: accountToken }
    const player: Grant = (await join(under, gm, 'Torin', { headers })).json
    await ban(under, gm, player.player.uuid)
    expect(problemOf(await join(under, gm, 'Lia', { headers }))).toBe('403 banned')
    const guest: Grant = (await join(under, gm, 'Emre')).json
    const link = { token: guest.accessToken, headers }
    expect(problemOf(await under.ask('POST', '/api/session/link', link))).toBe('403 banned')
    const enter = await under.ask('POST', `/api/tables/${gm.session.id}/enter`, { headers })
    expect(problemOf(enter)).toBe('404 room-not-found')
    const other = { tokenJwt: identityTokenOf(uuidOf(crypto.randomUUID())) }
    expect((await join(under, gm, 'Lia', { headers: other })).status).toBe(200)
  })

  it('that comes after the seat has ended says so, and ends what is left of it', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    await under.stores.seats.remove(uuidOf(player.player.uuid))
    expect(problemOf(await ban(under, gm, player.player.uuid))).toBe('404 not-found')
    expect(await roleOf(under, gm, player)).toBe('watcher')
    expect((await under.ask('GET', '/api/session/bans', { token: gm.accessToken })).json.bans).toEqual([])
  })

  it('lasts a year when nothing is said, and no longer than that', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    for (const minutes of [0, -1, 1.5, limits.banMinutesMax + 1, '5', null])
      expect(problemOf(await ban(under, gm, player.player.uuid, { minutes }))).toBe('400 validation-failed')
    const { until } = (await ban(under, gm, player.player.uuid)).json
    expect(until - under.now()).toBe(limits.banMinutesMax * minuteMs)
  })

  it('is listed for the game master, and lifted', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    await ban(under, gm, player.player.uuid, { minutes: 5 })
    under.advance(1_000)
    const lia: Grant = (await join(under, gm, 'Lia', { headers: { tokenJwt: accountToken } })).json
    await ban(under, gm, lia.player.uuid)
    const bans = () => under.ask('GET', '/api/session/bans', { token: gm.accessToken })
    const listed: readonly { readonly id: string }[] = (await bans()).json.bans
    expect(listed).toEqual([
      expect.objectContaining({ name: 'Lia', holdsAccount: true }),
      expect.objectContaining({
        name: 'Torin',
        holdsAccount: false,
        until: under.now() + 5 * minuteMs - 1_000,
      }),
    ])
    expect(JSON.stringify(listed)).not.toContain(accountUuid)
    const lift = (id: string, { accessToken: token }: Grant) =>
      under.ask('DELETE', `/api/session/bans/${id}`, { token })
    const [, torin] = listed
    expect((await lift(torin?.id ?? '', gm)).status).toBe(204)
    expect(problemOf(await lift(torin?.id ?? '', gm))).toBe('404 not-found')
    const back: Grant = (await join(under, gm, 'Torin')).json
    const [own] = listed
    expect(problemOf(await lift(own?.id ?? '', back))).toBe('403 not-allowed')
    expect(problemOf(await lift(own?.id ?? '', await openTable(under)))).toBe('404 not-found')
    const refused = await under.ask('GET', '/api/session/bans', { token: back.accessToken })
    expect(problemOf(refused)).toBe('403 not-allowed')
    await ban(under, gm, back.player.uuid, { minutes: 1 })
    under.advance(minuteMs)
    await under.sessions.tidy()
    expect((await bans()).json.bans).toHaveLength(1)
  })
})

onDatabases('a new name', (open: OpenSessions) => {
  it('is given by the game master, seen by the table, and kept', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    // Seen a moment ago, so that an old name could be remembered.
    expect((await viewOf(under, player)).player.name).toBe('Torin')
    const answer = await rename(under, gm, player.player.uuid, ' Лия  Светлая ')
    expect([answer.status, answer.json.player]).toEqual([200, { ...player.player, name: 'Лия Светлая' }])
    expect((await viewOf(under, gm)).state.players[player.player.uuid]?.name).toBe('Лия Светлая')
    expect((await viewOf(under, player)).player.name).toBe('Лия Светлая')
    const holder = await under.sessions.authenticator.authenticate(player.accessToken)
    expect(holder.nick).toBe('Лия Светлая')
    expect(await under.sessions.channelDoor.open(player.token, undefined)).toMatchObject({
      player: { nick: 'Лия Светлая' },
    })
    expect((await join(under, gm, 'Torin')).status).toBe(200)
  })

  it('follows the rules of joining', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const { uuid } = player.player
    const taken = await rename(under, gm, uuid, 'mira')
    expect(problemOf(taken)).toBe('409 name-taken')
    expect((await rename(under, gm, uuid, taken.json.suggestion)).status).toBe(200)
    for (const name of ['', 'x'.repeat(21), 'admin', 'Al\u200Bice', 'Тorin'])
      expect(problemOf(await rename(under, gm, uuid, name))).toBe('400 name-refused')
    expect(problemOf(await rename(under, gm, uuid, 7))).toBe('400 validation-failed')
    expect(problemOf(await rename(under, player, uuid, 'Lia'))).toBe('403 not-allowed')
    expect(problemOf(await rename(under, gm, crypto.randomUUID(), 'Lia'))).toBe('404 not-found')
    expect((await rename(under, gm, gm.player.uuid, 'Mira the Wise')).status).toBe(200)
  })

  it('that was given already is said once', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    for (const _again of [1, 2]) await rename(under, gm, player.player.uuid, 'Lia')
    const changed = (await historyOf(under, gm)).filter(([name]) => name === 'seat.changed')
    expect(changed).toHaveLength(1)
  })
})

onDatabases('handing the table over', (open: OpenSessions) => {
  it('[I12] makes that player the game master, and the game master a player', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    expect((await handOver(under, gm, player)).status).toBe(204)
    expect((await viewOf(under, player)).player.role).toBe('gm')
    expect((await viewOf(under, gm)).player.role).toBe('player')
    expect((await under.rooms.find(gm.session.id))?.record.owner).toBe(uuidOf(player.player.uuid))
    for (const grant of [gm, player]) expect(await opens(under, grant)).toBe(allOpen)
    expect(problemOf(await rename(under, gm, player.player.uuid, 'Lia'))).toBe('403 not-allowed')
    expect((await rename(under, player, gm.player.uuid, 'Mira II')).status).toBe(200)
    expect((await recover(under, player)).json.player.role).toBe('gm')
    expect(problemOf(await handOver(under, gm, player))).toBe('403 not-allowed')
  })

  it('ends the claims to the seat that leads now: nobody is given it', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const claim = async () => {
      const body = { code: gm.session.code, name: 'Torin' }
      return (await under.ask('POST', '/api/session/claims', { body })).json
    }
    const [approved, waiting] = [await claim(), await claim()]
    const answer = (id: string, who: Grant) =>
      under.ask('POST', `/api/session/claims/${id}/approve`, { token: who.accessToken })
    expect((await answer(approved.claimId, gm)).status).toBe(204)
    const late = await claim()
    await handOver(under, gm, player)
    for (const { claimId, claimSecret } of [approved, waiting, late]) {
      expect(problemOf(await answer(claimId, player))).toBe('404 not-found')
      const body = { claimSecret }
      const collected = await under.ask('POST', `/api/session/claims/${claimId}`, { body })
      expect(problemOf(collected)).toBe('403 claim-declined')
    }
    expect(await opens(under, player)).toBe(allOpen)
  })

  it('goes to one of two who are given it at once', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const lia = await joinTable(under, gm.session.code, 'Lia')
    const race = await Promise.all([player, lia].map((who) => handOver(under, gm, who)))
    expect(race.map(({ status }) => status).filter((status) => status === 204)).toHaveLength(1)
    const roles = Object.values((await viewOf(under, lia)).state.players).map(({ role }) => role)
    expect(roles.sort()).toEqual(['gm', 'player', 'player'])
  })

  it('goes to players of this table alone', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const other = await openTable(under)
    expect(problemOf(await handOver(under, gm, gm))).toBe('409 conflict')
    expect(problemOf(await handOver(under, gm, other))).toBe('404 not-found')
    expect(problemOf(await handOver(under, player, player))).toBe('403 not-allowed')
    expect((await viewOf(under, gm)).player.role).toBe('gm')
  })

  it('that reached the seats and not the room is made up for when the new game master comes', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    await under.stores.seats.handOver(uuidOf(gm.player.uuid), uuidOf(player.player.uuid))
    expect((await viewOf(under, player)).player.role).toBe('player')
    expect((await rename(under, player, gm.player.uuid, 'Mira II')).status).toBe(200)
    expect((await viewOf(under, player)).player.role).toBe('gm')
    expect((await viewOf(under, gm)).player.role).toBe('player')
    expect((await under.rooms.find(gm.session.id))?.record.owner).toBe(uuidOf(player.player.uuid))
  })
})

onDatabases('a lent role', (open: OpenSessions) => {
  it('[I12] runs the game for a time: what the game master may do at the table, and nothing with its seats', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const lia = await joinTable(under, gm.session.code, 'Lia')
    const tools: readonly [string, string, unknown?][] = [
      ['DELETE', `/api/session/players/${lia.player.uuid}`],
      ['POST', `/api/session/players/${lia.player.uuid}/ban`],
      ['PATCH', `/api/session/players/${lia.player.uuid}`, { name: 'Lily' }],
      ['POST', `/api/session/players/${lia.player.uuid}/hand-over`],
      ['POST', `/api/session/players/${lia.player.uuid}/lend`, { minutes: 5 }],
      ['DELETE', `/api/session/players/${lia.player.uuid}/lend`],
      ['GET', '/api/session/claims'],
      ['POST', `/api/session/claims/${crypto.randomUUID()}/approve`],
      ['POST', `/api/session/claims/${crypto.randomUUID()}/decline`],
      ['GET', '/api/session/bans'],
      ['DELETE', `/api/session/bans/${crypto.randomUUID()}`],
      ['POST', '/api/session/join-code'],
      ['PATCH', '/api/session', { name: 'Stolen' }],
      ['DELETE', '/api/session'],
    ]
    expect((await lend(under, gm, player, 60)).json).toEqual({ until: under.now() + 60 * minuteMs })
    expect((await viewOf(under, player)).player.role).toBe('gm')
    for (const [method, path, body] of tools) {
      const answer = await under.ask(method, path, { token: player.accessToken, body })
      expect([method, path, problemOf(answer)]).toEqual([method, path, '403 not-allowed'])
    }
    const [reseed, combat] = ['dice.reseed', 'combat.start']
    for (const name of [reseed, combat]) {
      const allowed = await commandOf(under, player, name)
      const refused = await commandOf(under, lia, name)
      expect([name, allowed, refused]).toEqual([
        name,
        expect.not.stringMatching('not-allowed'),
        'not-allowed',
      ])
    }
    expect((await viewOf(under, gm)).player.role).toBe('gm')
  })

  it('[I12] ends by itself, to the minute', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    await lend(under, gm, player, 5)
    under.advance(5 * minuteMs - 1)
    expect(await commandOf(under, player, 'dice.reseed')).toBe('done')
    under.advance(1)
    expect(await commandOf(under, player, 'dice.reseed')).toBe('not-allowed')
    await under.tick()
    expect((await viewOf(under, player)).player.role).toBe('player')
  })

  it('ends when the game master takes it back, or the player gives it back', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    for (const who of [gm, player]) {
      await lend(under, gm, player, 60)
      expect((await takeBack(under, who, player)).status).toBe(204)
      expect((await viewOf(under, player)).player.role).toBe('player')
      expect((await takeBack(under, who, player)).status).toBe(204)
    }
    expect(problemOf(await takeBack(under, player, gm))).toBe('403 not-allowed')
    expect(problemOf(await takeBack(under, gm, { player: { uuid: crypto.randomUUID() } }))).toBe(
      '404 not-found',
    )
  })

  it('is said by the log of the table: lent, and over', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    await lend(under, gm, player, 60)
    await takeBack(under, gm, player)
    const lines = (await historyOf(under, gm)).filter(([name]) => name === 'seat.changed')
    expect(JSON.stringify(lines)).toMatch(/role\.returned.*role\.lent/s)
  })

  it('is for a player, for a minute to a day', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    for (const minutes of [0, 1_441, 1.5, '60', undefined])
      expect(problemOf(await lend(under, gm, player, minutes))).toBe('400 validation-failed')
    expect((await lend(under, gm, player, 1_440)).status).toBe(200)
    expect(problemOf(await lend(under, gm, gm, 60))).toBe('409 conflict')
    expect(problemOf(await lend(under, gm, await openTable(under), 60))).toBe('404 not-found')
  })

  it('becomes the own role of who is handed the table', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    await lend(under, gm, player, 5)
    await handOver(under, gm, player)
    under.advance(6 * minuteMs)
    await under.tick()
    expect((await viewOf(under, player)).player.role).toBe('gm')
    expect((await viewOf(under, gm)).player.role).toBe('player')
  })
})

it('the tools for seats are used as often as the budget says', async () => {
  const under = await testSessions('file::memory:', { budgets: { change: { points: 2, seconds: 60 } } })
  const gm = await openTable(under)
  for (const status of [404, 404, 429])
    expect((await remove(under, gm, crypto.randomUUID())).status).toBe(status)
  await under.close()
})

async function tableOfTwo(open: OpenSessions) {
  const under = await open()
  const gm = await openTable(under)
  return { under, gm, player: await joinTable(under, gm.session.code, 'Torin') }
}

const uuidOf = (text: string) => parseUuid(text)

function parseUuid(text: string) {
  return text as typeof accountUuid
}

async function roleOf(under: SessionsUnderTest, gm: Grant, { player }: Grant): Promise<string | undefined> {
  return (await viewOf(under, gm)).state.players[player.uuid]?.role
}

function remove(under: SessionsUnderTest, { accessToken: token }: Grant, uuid: string): Promise<Answer> {
  return under.ask('DELETE', `/api/session/players/${uuid}`, { token })
}

function ban(
  under: SessionsUnderTest,
  { accessToken: token }: Grant,
  ...[uuid, body]: readonly [string, object?]
): Promise<Answer> {
  const path = `/api/session/players/${uuid}/ban`
  return under.ask('POST', path, body === undefined ? { token } : { token, body })
}

function rename(
  under: SessionsUnderTest,
  { accessToken: token }: Grant,
  ...[uuid, name]: readonly [string, unknown]
): Promise<Answer> {
  return under.ask('PATCH', `/api/session/players/${uuid}`, { token, body: { name } })
}

function handOver(
  under: SessionsUnderTest,
  { accessToken: token }: Grant,
  { player }: Pick<Grant, 'player'>,
): Promise<Answer> {
  return under.ask('POST', `/api/session/players/${player.uuid}/hand-over`, { token })
}

function lend(
  under: SessionsUnderTest,
  { accessToken: token }: Grant,
  ...[{ player }, minutes]: readonly [Pick<Grant, 'player'>, unknown]
): Promise<Answer> {
  return under.ask('POST', `/api/session/players/${player.uuid}/lend`, { token, body: { minutes } })
}

function takeBack(
  under: SessionsUnderTest,
  { accessToken: token }: Grant,
  { player }: { readonly player: Pick<Grant['player'], 'uuid'> },
): Promise<Answer> {
  return under.ask('DELETE', `/api/session/players/${player.uuid}/lend`, { token })
}

function join(
  under: SessionsUnderTest,
  { session }: Grant,
  ...[name, ask]: readonly [string, Ask?]
): Promise<Answer> {
  return under.ask('POST', '/api/session/join', { ...ask, body: { code: session.code, name } })
}

function recover(under: SessionsUnderTest, { recoveryKey }: Grant): Promise<Answer> {
  return under.ask('POST', '/api/session/recover', { body: { recoveryKey } })
}

/** Gives a command as a socket would. @returns `done`, or the code of the problem */
async function commandOf(under: SessionsUnderTest, grant: Grant, name: string): Promise<string> {
  const { seat, session } = await under.sessions.authenticator.authenticate(grant.accessToken)
  const command = { id: crypto.randomUUID(), name, payload: {} }
  return await under.rooms
    .execute(session.id, { uuid: seat.uuid, role: seat.role }, command)
    .then(() => 'done')
    .catch((error: unknown) => String((error as { code?: string }).code))
}
