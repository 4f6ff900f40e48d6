import { afterAll, afterEach, beforeAll, describe, expect, it } from 'bun:test'
import type { RoomConnection } from '@innkeeper/client/connection'
import type { Effects } from '@innkeeper/client/effects'
import { enterRoom, type EnterRoomOptions } from '@innkeeper/client/enter-room'
import { systemPlatform } from '@innkeeper/client/system-platform'
import { AlreadyElsewhere, getTicket } from '@innkeeper/client/tickets'
import type { EventFrame } from '@innkeeper/protocol/frames'
import { limits } from '@innkeeper/protocol/limits'
import type { TestAccount } from '../support/front-desk'
import { startTestServer, type TestServer } from '../support/start-server'
import { until } from '../support/until'
import { createSdkPlayer, registerSdkPlayer, type SdkPlayer } from './sdk-player'

const ticketLifeMs = 30 * 60_000
let server: TestServer
let owner: TestAccount
beforeAll(async () => {
  server = await startTestServer()
  owner = await server.register()
})
afterAll(() => server.stop())

const open: RoomConnection[] = []
afterEach(() => {
  for (const connection of open.splice(0)) connection.leave()
})

const createRoom = async (options?: object) => server.room(await server.signIn(owner), options)

/** A program's effects, by the server's clock, whose socket a test can cut. */
function cuttable(): { readonly effects: Effects; cut(): void } {
  const platform = systemPlatform()
  const line: { cut: () => void } = { cut: () => {} }
  const effects: Effects = {
    ...platform,
    now: server.clock.now,
    openSocket(url, protocols, events) {
      const socket = platform.openSocket(url, protocols, events)
      line.cut = () => {
        socket.close()
        events.onClose(1006, '')
      }
      return socket
    },
  }
  return { effects, cut: () => line.cut() }
}

function enter(player: SdkPlayer, roomId: string, options: Partial<EnterRoomOptions> = {}) {
  const events: EventFrame[] = []
  const connection = enterRoom(
    { ...player, roomId, as: player.identity, onEvent: (event) => events.push(event), ...options },
    player.effects,
  )
  open.push(connection)
  return { connection, events, is: (kind: string) => until(() => connection.state.kind === kind) }
}

const countTickets = ({ requests }: SdkPlayer) =>
  requests.filter((request) => request.startsWith('POST /getTicket')).length

describe('enterRoom', () => {
  it('enters with an account, plays, and leaves', async () => {
    const { connection, events, is } = enter(await registerSdkPlayer(server), await createRoom())
    const answer = await connection.send('relay', { hello: 'world' })
    expect(answer).toMatchObject({ name: 'relayed', payload: { hello: 'world' }, by: connection.me?.uuid })
    expect(events).toEqual([answer])
    connection.leave()
    await is('ended')
  })

  it('enters as a guest, under the name that the room made of theirs', async () => {
    const guest = createSdkPlayer(server)
    const { connection, is } = enter(guest, await createRoom(), { as: { guest: 'Wirt' } })
    await is('live')
    expect(connection.me).toMatchObject({ nick: 'Wirt', uuid: expect.stringMatching(/^guest:/) })
  })

  it('comes back with the same ticket while it lasts, and with another one when it is near its end', async () => {
    const { effects, cut } = cuttable()
    const player = await registerSdkPlayer(server, effects)
    const { connection, is } = enter(player, await createRoom())
    await is('live')
    cut()
    await until(() => connection.state.kind !== 'live')
    await is('live')
    expect(countTickets(player)).toBe(1)
    cut()
    await until(() => connection.state.kind !== 'live')
    server.clock.advance(ticketLifeMs - 60_000)
    await is('live')
    expect(countTickets(player)).toBe(2)
    expect(player.requests).toContain('POST /auth/refresh 200')
  })

  it('renews on the open socket, as an account and as a guest', async () => {
    const roomId = await createRoom()
    const [player, guest] = [await registerSdkPlayer(server), createSdkPlayer(server)]
    const renewed: string[] = []
    const account = enter(player, roomId, { onRenewed: () => void renewed.push('account') })
    const visitor = enter(guest, roomId, {
      as: { guest: 'Greg' },
      onRenewed: () => void renewed.push('guest'),
    })
    await Promise.all([account.is('live'), visitor.is('live')])
    server.clock.advance(ticketLifeMs - limits.expiringBeforeMs + 1_000)
    await until(() => renewed.length === 2)
    server.clock.advance(limits.expiringBeforeMs + limits.expiredGraceMs)
    expect((await account.connection.send('relay', 1)).payload).toBe(1)
    expect((await visitor.connection.send('relay', 2)).payload).toBe(2)
    expect(renewed.toSorted()).toEqual(['account', 'guest'])
  })

  it('fetches another ticket when the room no longer takes the one in hand', async () => {
    const { effects, cut } = cuttable()
    const player = await registerSdkPlayer(server, effects)
    const host = await registerSdkPlayer(server)
    const { roomId } = (await host.identity.call({
      ...{ method: 'POST', path: '/rooms' },
      body: { type: 'relay', name: 'A room', guests: true },
    })) as { readonly roomId: string }
    const { connection, is } = enter(player, roomId)
    await is('live')
    cut()
    await host.identity.call({ method: 'POST', path: `/rooms/${roomId}/rotate-key` })
    await until(() => countTickets(player) === 2)
    await is('live')
    expect((await connection.send('relay', 1)).payload).toBe(1)
  })

  it('says where the player is instead, and moves when asked to', async () => {
    const player = await registerSdkPlayer(server)
    const [here, there] = [await createRoom(), await createRoom()]
    const first = enter(player, here)
    await first.is('live')
    const refused = enter(player, there)
    await refused.is('ended')
    const where = { roomId: here, sinceMs: expect.any(Number) }
    expect(refused.connection.state).toEqual({
      ...{ kind: 'ended', code: 4409, reason: '/problems/already-in-room' },
      where,
    })
    const error = await getTicket(player, { roomId: there, as: player.identity }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(AlreadyElsewhere)
    expect(error).toMatchObject({ where })
    await enter(player, there, { move: true }).is('live')
    await first.is('ended')
    expect(first.connection.state).toMatchObject({ code: 4410 })
  })

  it('ends at an unknown room, and for a guest at a room without guests', async () => {
    const as = { guest: 'Lost' }
    const unknown = enter(createSdkPlayer(server), 'no-such-room', { as })
    await unknown.is('ended')
    expect(unknown.connection.state).toEqual({
      ...{ kind: 'ended', code: 4404, reason: '/problems/room-not-found' },
    })
    const closed = enter(createSdkPlayer(server), await createRoom({ guests: false }), { as })
    await closed.is('ended')
    expect(closed.connection.state).toMatchObject({ code: 4403, reason: '/problems/guests-not-allowed' })
  })

  it('ends when nobody is signed in', async () => {
    const { connection, is } = enter(createSdkPlayer(server), await createRoom())
    await is('ended')
    expect(connection.state).toEqual({ kind: 'ended', code: 4401, reason: 'left' })
  })

  it('waits as long as the server asks before it asks for a ticket again', async () => {
    const busy = createSdkPlayer(server)
    const problem = { type: '/problems/too-many', title: 'Too many requests', status: 429, detail: 'Wait' }
    const answer = () => Response.json(problem, { status: 429, headers: { 'retry-after': '40' } })
    const { connection, is } = enter({ ...busy, fetch: async () => answer() }, 'r', { as: { guest: 'Wirt' } })
    await is('waiting')
    const { state } = connection
    expect(state.kind === 'waiting' && state.retryInMs).toBeWithin(40_000, 50_001)
  })
})
