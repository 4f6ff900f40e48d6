import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import type { TestAccount } from '../support/front-desk'
import type { RawSocket } from '../support/raw-socket'
import { startTestServer, type TestServer } from '../support/start-server'
import { until } from '../support/until'

/** A probe of 1.5 s, and half a second for everything else. */
const takeOverMs = 2_000
let server: TestServer
let owner: TestAccount
let roomId: string
let otherId: string

beforeAll(async () => {
  server = await startTestServer()
  owner = await server.register()
  roomId = await server.room(owner)
  otherId = await server.room(owner)
})
afterAll(() => server.stop())

const askTicket = (room: string, account: TestAccount, query = '') =>
  server.call('POST', `/getTicket/${room}${query}`, { headers: { tokenJwt: account.token } })

async function expectWorks(socket: RawSocket): Promise<void> {
  const id = crypto.randomUUID()
  socket.command(id, 1)
  await socket.next('event', ({ ref }) => ref === id)
}

describe('a second device', () => {
  it('[SEC-117] is refused with 4409 that says where and since when, and the first goes on', async () => {
    const { ticket } = await server.guest(roomId)
    const before = server.clock.now()
    const first = await server.join(roomId, ticket)
    const { code, reason } = await (await server.enter(roomId, ticket)).ended()
    expect(code).toBe(4409)
    expect(reason).toMatchObject({ type: '/problems/already-in-room', roomId })
    expect(Number(reason['since'])).toBeWithin(before, server.clock.now() + 1)
    // The first was told the same, so that it knows itself in such a refusal.
    expect(first.received[0]).toMatchObject({ type: 'welcome', presentSince: reason['since'] })
    await expectWorks(first)
    await first.close()
  })

  it('[SEC-117] replaces the first with ?takeover=true, and the late close of the first unseats nobody', async () => {
    const { ticket, player } = await server.guest(roomId)
    const witness = await server.join(roomId, (await server.guest(roomId)).ticket)
    const first = await server.join(roomId, ticket)
    const second = await server.join(roomId, ticket, { query: '?takeover=true' })
    expect(await first.ended()).toMatchObject({ code: 4410, reason: { type: 'replaced' } })
    await expectWorks(second)
    expect((await server.enter(roomId, ticket)).closeCode()).resolves.toBe(4409)
    await witness.next('presence', ({ uuid, status }) => uuid === player.uuid && status === 'online')
    await second.close()
    await witness.next('presence', ({ uuid, status }) => uuid === player.uuid && status === 'left')
    await witness.close()
  })

  it.each(['takeover=1', 'takeover=TRUE', 'takeover='])('is not let in by ?%s', async (query) => {
    const { ticket } = await server.guest(roomId)
    const first = await server.join(roomId, ticket)
    expect(await (await server.enter(roomId, ticket, { query: `?${query}` })).closeCode()).toBe(4409)
    await first.close()
  })

  it('[SEC-122] takes over from a first that no longer answers, within two seconds', async () => {
    const { ticket } = await server.guest(roomId)
    const first = await server.join(roomId, ticket)
    first.pause()
    const since = performance.now()
    const second = await server.join(roomId, ticket)
    expect(performance.now() - since).toBeWithin(limits.probeMs - 50, takeOverMs)
    await expectWorks(second)
    first.resume()
    expect(await first.closeCode()).toBe(4410)
    await expectWorks(second)
    await second.close()
  })

  it('is let in although frames of the first still arrive: only an answer is a sign of life', async () => {
    const { ticket } = await server.guest(roomId)
    const first = await server.join(roomId, ticket)
    first.pause()
    const second = await server.enter(roomId, ticket)
    const isIn = () => second.received.some(({ type }) => type === 'welcome')
    await until(
      () => {
        first.command(crypto.randomUUID(), 'sent before the page was reloaded')
        return isIn() || second.end
      },
      { everyMs: 100 },
    )
    await expectWorks(second)
    await second.close()
    first.drop()
  })

  it('is let in at once when the line of the first drops while it is asked', async () => {
    const { ticket } = await server.guest(roomId)
    const first = await server.join(roomId, ticket)
    first.pause()
    const since = performance.now()
    const second = await server.enter(roomId, ticket)
    first.drop()
    await second.next('welcome')
    expect(performance.now() - since).toBeLessThan(limits.probeMs - 250)
    await second.close()
  })

  it('that goes away while the first is asked holds nothing', async () => {
    const { ticket } = await server.guest(roomId)
    const first = await server.join(roomId, ticket)
    first.pause()
    const second = await server.enter(roomId, ticket)
    second.drop()
    const third = await server.join(roomId, ticket)
    await expectWorks(third)
    await third.close()
    first.drop()
  })

  it('keeps what it sends while it waits, up to a limit', async () => {
    const { ticket } = await server.guest(roomId)
    const first = await server.join(roomId, ticket)
    first.pause()
    const [most, tooMany] = await Promise.all([server.enter(roomId, ticket), server.enter(roomId, ticket)])
    const send = (socket: RawSocket, count: number) => {
      for (let index = 0; index < count; index += 1) socket.command(`q${index}`, index)
    }
    send(tooMany, limits.enteringFrames + 1)
    expect(await tooMany.closeCode()).toBe(4429)
    send(most, limits.enteringFrames)
    await most.next('welcome')
    const last = await most.next('event', ({ payload }) => payload === limits.enteringFrames - 1)
    expect(last.ref).toBe(`q${limits.enteringFrames - 1}`)
    expect(most.received.flatMap((frame) => (frame.type === 'event' ? [frame.payload] : []))).toEqual(
      Array.from({ length: limits.enteringFrames }, (_, index) => index),
    )
    await most.close()
    first.drop()
  })
})

describe('a ticket while the player is inside', () => {
  it('of the same room is given: a reconnection needs one', async () => {
    const player = await server.register()
    const socket = await server.join(roomId, await server.ticket(roomId, player))
    const renewed = await askTicket(roomId, player)
    expect(renewed.status).toBe(200)
    socket.drop()
    await (await server.join(roomId, renewed.json.ticket)).close()
  })

  it('of another room is refused with 409, which says where and since when', async () => {
    const player = await server.register()
    const socket = await server.join(roomId, await server.ticket(roomId, player))
    const refused = await askTicket(otherId, player)
    expect(refused).toMatchObject({ status: 409, json: { type: '/problems/already-in-room', roomId } })
    expect(refused.json.since).toBeWithin(server.clock.now() - 10_000, server.clock.now() + 1)
    await expectWorks(socket)
    await socket.close()
    expect((await askTicket(otherId, player)).status).toBe(200)
  })

  it('of another room leaves this one first with ?move=true', async () => {
    const player = await server.register()
    const socket = await server.join(roomId, await server.ticket(roomId, player))
    const moved = await askTicket(otherId, player, '?move=true')
    expect(moved.status).toBe(200)
    expect(await socket.ended()).toMatchObject({ code: 4410, reason: { type: 'moved' } })
    const there = await server.join(otherId, moved.json.ticket)
    await expectWorks(there)
    await there.close()
  })

  it("[SEC-122] of another room is given when this one's socket no longer answers", async () => {
    const player = await server.register()
    const socket = await server.join(roomId, await server.ticket(roomId, player))
    socket.pause()
    const since = performance.now()
    const given = await askTicket(otherId, player)
    expect(given.status).toBe(200)
    expect(performance.now() - since).toBeWithin(limits.probeMs - 50, takeOverMs)
    await (await server.join(otherId, given.json.ticket)).close()
    socket.drop()
  })

  it('of a room that was asked for before is no way to be in two rooms', async () => {
    const player = await server.register()
    const [here, there] = [await server.ticket(roomId, player), await server.ticket(otherId, player)]
    const socket = await server.join(roomId, here)
    expect(await (await server.enter(otherId, there)).ended()).toMatchObject({
      code: 4409,
      reason: { roomId },
    })
    await expectWorks(socket)
    await socket.close()
  })
})

describe('what the others see', () => {
  it('of a line that drops: away, then online again, or left after half a minute', async () => {
    const { ticket, player } = await server.guest(roomId)
    const witness = await server.join(roomId, (await server.guest(roomId)).ticket)
    const next = async () => (await witness.next('presence', ({ uuid }) => uuid === player.uuid)).status
    const first = await server.join(roomId, ticket)
    expect(await next()).toBe('online')
    first.drop()
    expect(await next()).toBe('away')
    const second = await server.join(roomId, ticket)
    expect(await next()).toBe('online')
    second.drop()
    expect(await next()).toBe('away')
    server.clock.advance(limits.awayMs)
    expect(await next()).toBe('left')
    await witness.close()
  })

  it('of a farewell: left', async () => {
    const witness = await server.join(roomId, (await server.guest(roomId)).ticket)
    const { ticket, player } = await server.guest(roomId)
    const socket = await server.join(roomId, ticket)
    await witness.next('presence', ({ uuid, status }) => uuid === player.uuid && status === 'online')
    await socket.close()
    expect((await witness.next('presence', ({ uuid }) => uuid === player.uuid)).status).toBe('left')
    await witness.close()
  })

  it('in the welcome: who is connected, with their nicks, and nothing else about them', async () => {
    const room = await server.room(owner)
    const account = await server.register()
    const first = await server.join(room, await server.ticket(room, account))
    const second = await server.enter(room, (await server.guest(room, 'Wirt')).ticket)
    const { players, you } = await second.next('welcome')
    expect(players).toEqual([{ uuid: account.uuid, nick: account.nick, role: 'player' }, you])
    await Promise.all([first.close(), second.close()])
  })

  it('[SEC-127] of two guests of one name: different players with different nicks', async () => {
    const room = await server.room(owner)
    const [a, b] = [await server.guest(room, 'player123'), await server.guest(room, 'player123')]
    expect(a.player.uuid).toMatch(/^guest:player123#\S+$/)
    expect(b.player.uuid).toMatch(/^guest:player123#\S+$/)
    expect(a.player.uuid).not.toBe(b.player.uuid)
    expect(a.player.nick).not.toBe(b.player.nick)
    const sockets = [await server.join(room, a.ticket), await server.join(room, b.ticket)]
    for (const socket of sockets) await expectWorks(socket)
    await Promise.all(sockets.map((socket) => socket.close()))
  })

  it('in the listing: how many are inside', async () => {
    const room = await server.room(owner)
    const count = async () => Number((await server.call('GET', `/rooms/${room}`)).json.players)
    const socket = await server.join(room, (await server.guest(room)).ticket)
    const { until } = await import('../support/until')
    await until(async () => (await count()) === 1)
    await socket.close()
    await until(async () => (await count()) === 0)
  })
})
