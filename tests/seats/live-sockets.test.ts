import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { startTestServer, type TestServer } from '../support/start-server'
import { createTablesDesk, endedBy, expectPlays, type Seat, type TablesDesk } from './at-the-table'

const withinMs = 1_000
let server: TestServer
let tables: TablesDesk

beforeAll(async () => {
  server = await startTestServer()
  tables = createTablesDesk(server)
})
afterAll(() => server.stop())

const seatOf = ({ player }: Seat, rest = '') => `/api/session/players/${player.uuid}${rest}`
const refresh = (token: string) => server.call('POST', '/api/session/auth/refresh', { token })

async function pairedDevice(seat: Seat): Promise<Seat> {
  const { code } = (await tables.done(seat, 'POST /api/session/devices')).json
  return (await server.call('POST', '/api/session/pair', { body: { code } })).json
}

describe('what ends a sign-in of a seat closes its sockets within a second', () => {
  it('[SEC-104] the removal of a device', async () => {
    const gm = await tables.open()
    const phone = await pairedDevice(gm)
    const socket = await tables.channel(gm)
    const [, laptop] = await tables.devices(phone)
    const end = await endedBy(socket, () => tables.done(phone, `DELETE /api/session/devices/${laptop?.id}`))
    expect(end).toMatchObject({ code: 4403, reason: { type: '/problems/session-revoked' } })
    expect(end.tookMs).toBeLessThan(withinMs)
    expect(await (await tables.knock(gm)).closeCode()).toBe(4401)
    await expectPlays(await tables.channel(phone))
  })

  it('[SEC-104] the removal of another device closes no socket of this one', async () => {
    const gm = await tables.open()
    const phone = await pairedDevice(gm)
    const socket = await tables.channel(gm)
    const [own] = await tables.devices(phone)
    await tables.done(phone, `DELETE /api/session/devices/${own?.id}`)
    expect((await tables.ask(phone, 'GET /api/session')).status).toBe(401)
    await expectPlays(socket)
    await socket.close()
  })

  it('[SEC-65] an old refresh token that comes back after its successor was used', async () => {
    const gm = await tables.open()
    const socket = await tables.channel(gm)
    const next = (await refresh(gm.refreshToken)).json
    await tables.done({ ...gm, ...next }, 'GET /api/session')
    server.clock.advance(11_000)
    const end = await endedBy(socket, async () => {
      const reused = await refresh(gm.refreshToken)
      expect([reused.status, reused.json.type]).toEqual([401, '/problems/refresh-reused'])
    })
    expect(end).toMatchObject({ code: 4403, reason: { type: '/problems/session-revoked' } })
    expect(end.tookMs).toBeLessThan(withinMs)
    expect((await refresh(next.refreshToken)).status).toBe(401)
    expect(await (await tables.knock(gm)).closeCode()).toBe(4401)
  })

  it('[D3] a recovery on another device', async () => {
    const gm = await tables.open()
    const socket = await tables.channel(gm)
    const body = { recoveryKey: gm.recoveryKey }
    const recovered = { seat: gm }
    const end = await endedBy(socket, async () => {
      recovered.seat = (await server.call('POST', '/api/session/recover', { body })).json
    })
    expect([end.code, end.tookMs < withinMs]).toEqual([4403, true])
    await expectPlays(await tables.channel(recovered.seat))
  })

  it('[I2] a claim that was approved, once its claimer takes the seat', async () => {
    const gm = await tables.open()
    const player = await tables.join(gm)
    const [gmSocket, socket] = [await tables.channel(gm), await tables.channel(player)]
    const body = { code: gm.session.code, name: player.player.name }
    const made = (await server.call('POST', '/api/session/claims', { body })).json
    const told = await gmSocket.next('event', ({ name }) => name === 'seat.claimed')
    expect(told.payload).toEqual({
      id: made.claimId,
      name: player.player.name,
      uuid: player.player.uuid,
      state: 'open',
    })
    expect(await socket.next('event', ({ seq }) => seq === told.seq)).toEqual({
      type: 'event',
      seq: told.seq,
      name: 'hidden',
    })
    await tables.done(gm, `POST /api/session/claims/${made.claimId}/approve`)
    await gmSocket.next('event', ({ payload }) => JSON.stringify(payload).includes('approved'))
    await expectPlays(socket)
    const claimed = { seat: player }
    const end = await endedBy(socket, async () => {
      const { claimSecret } = made
      const answer = await server.call('POST', `/api/session/claims/${made.claimId}`, {
        body: { claimSecret },
      })
      claimed.seat = answer.json
    })
    expect([end.code, end.tookMs < withinMs]).toEqual([4403, true])
    const back = await tables.channel(claimed.seat)
    await expectPlays(back)
    for (const each of [back, gmSocket]) await each.close()
  })

  it.each([
    ['a kick', 'kicked', (gm: Seat, player: Seat) => tables.done(gm, `DELETE ${seatOf(player)}`)],
    ['a ban', 'banned', (gm: Seat, player: Seat) => tables.done(gm, `POST ${seatOf(player, '/ban')}`)],
    [
      'leaving for good',
      '/problems/session-revoked',
      (_gm: Seat, player: Seat) => tables.done(player, 'DELETE /api/session/players/me'),
    ],
  ] as const)('[SEC-104] %s: by channel and by ticket, and the table sees it', async (_what, type, end) => {
    const gm = await tables.open()
    const [one, two] = [await tables.join(gm), await tables.join(gm)]
    const ticket = await server.ticket(gm.session.id, { token: two.accessToken })
    const [byChannel, byTicket, gmSocket] = [
      await tables.channel(one),
      await server.join(gm.session.id, ticket),
      await tables.channel(gm),
    ]
    for (const [player, socket] of [
      [one, byChannel],
      [two, byTicket],
    ] as const) {
      const closed = await endedBy(socket, () => end(gm, player))
      expect(closed).toMatchObject({ code: 4403, reason: { type } })
      expect(closed.tookMs).toBeLessThan(withinMs)
      await gmSocket.next('event', ({ payload }) => JSON.stringify(payload ?? '').includes('player.removed'))
      expect((await tables.ask(player, 'GET /api/session')).status).toBe(401)
    }
    expect(await (await tables.knock(one)).closeCode()).toBe(4401)
    expect(await (await server.enter(gm.session.id, ticket)).closeCode()).toBe(4403)
    await expectPlays(gmSocket)
    await gmSocket.close()
  })

  it('[SEC-104] closing the table, which closes all of them with 4404', async () => {
    const gm = await tables.open()
    const player = await tables.join(gm)
    const ticket = await server.ticket(gm.session.id, { token: player.accessToken })
    const [gmSocket, socket] = [await tables.channel(gm), await tables.channel(player)]
    const end = await endedBy(socket, () => tables.done(gm, 'DELETE /api/session'))
    expect([end.code, end.tookMs < withinMs]).toEqual([4404, true])
    expect(await gmSocket.closeCode()).toBe(4404)
    expect(await (await tables.knock(player)).closeCode()).toBe(4404)
    expect(await (await server.enter(gm.session.id, ticket)).closeCode()).toBe(4404)
    for (const seat of [gm, player]) {
      expect((await tables.ask(seat, 'GET /api/session')).status).toBe(401)
      expect((await refresh(seat.refreshToken)).status).toBe(401)
    }
  })
})

describe('what changes at a table is seen on its sockets, which stay open', () => {
  it('a new name, and it stays when its player comes back with an older ticket', async () => {
    const gm = await tables.open()
    const player = await tables.join(gm)
    const ticket = await server.ticket(gm.session.id, { token: player.accessToken })
    const [gmSocket, socket] = [await tables.channel(gm), await tables.channel(player)]
    await tables.done(gm, `PATCH ${seatOf(player)}`, { body: { name: 'Лия' } })
    for (const each of [gmSocket, socket])
      await each.next('event', ({ payload }) => JSON.stringify(payload ?? '').includes('player.renamed'))
    await expectPlays(socket)
    await socket.close()
    const back = await server.join(gm.session.id, ticket)
    const seen = (await tables.done(gm, 'GET /api/session')).json
    expect(seen.state.players[player.player.uuid].name).toBe('Лия')
    for (const each of [back, gmSocket]) await each.close()
  })

  it('[I12] handing the table over: both are welcomed in their new roles', async () => {
    const gm = await tables.open()
    const player = await tables.join(gm)
    const [gmSocket, socket] = [await tables.channel(gm), await tables.channel(player)]
    await tables.done(gm, `POST ${seatOf(player, '/hand-over')}`)
    expect((await socket.next('welcome')).you.role).toBe('gm')
    expect((await gmSocket.next('welcome')).you.role).toBe('player')
    for (const each of [gmSocket, socket]) {
      await expectPlays(each)
      await each.close()
    }
    expect((await (await tables.knock(player)).next('welcome')).you.role).toBe('gm')
  })

  it('[I12] a lent role, until its time is over', async () => {
    const gm = await tables.open()
    const player = await tables.join(gm)
    const socket = await tables.channel(player)
    await tables.done(gm, `POST ${seatOf(player, '/lend')}`, { body: { minutes: 5 } })
    expect((await socket.next('welcome')).you.role).toBe('gm')
    server.clock.advance(5 * 60_000)
    expect((await socket.next('welcome')).you.role).toBe('player')
    await expectPlays(socket)
    await socket.close()
  })

  it('nobody at the table can say what the server alone may: not even the game master', async () => {
    const gm = await tables.open()
    const player = await tables.join(gm)
    const { uuid } = gm.player
    for (const seat of [gm, player]) {
      const socket = await tables.channel(seat)
      for (const [name, payload] of [
        ['seat.remove', { uuid }],
        ['seat.role', { uuid: seat.player.uuid, role: 'gm' }],
        ['seat.lend', { uuid: seat.player.uuid, untilMs: 9e15 }],
        ['seat.rename', { uuid, name: 'Nobody' }],
        ['seat.claim', { id: 'c', name: 'x', uuid, state: 'approved' }],
        ['seat.link', { uuid, isLinked: true }],
        ['table.edit', { name: 'Mine' }],
      ] as const) {
        const id = crypto.randomUUID()
        socket.command(id, payload, name)
        const reject = await socket.next('reject', (frame) => frame.id === id)
        expect([name, reject.problem.type]).toEqual([name, '/problems/not-allowed'])
      }
      await socket.close()
    }
  })
})
