import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import type { TestAccount } from '../support/front-desk'
import type { RawSocket } from '../support/raw-socket'
import { startTestServer, type TestServer } from '../support/start-server'
import { createStoppedClock } from '../support/test-clock'

const clock = createStoppedClock()
const ticketLifeMs = 30 * 60_000
let server: TestServer
let owner: TestAccount
let roomId: string

beforeAll(async () => {
  server = await startTestServer({ clock })
  owner = await server.register()
  roomId = await server.room(owner)
  // At the first millisecond of a second, as a ticket counts whole ones.
  clock.advance(1_000 - (clock.now() % 1_000))
})
afterAll(() => server.stop())

const joinAsGuest = async () => server.join(roomId, (await server.guest(roomId)).ticket)

describe('a ticket', () => {
  it('[SEC-100] opens the room in its last second, and closes with 4401 from its end on', async () => {
    const { ticket } = await server.guest(roomId)
    clock.advance(ticketLifeMs - 1)
    await (await server.join(roomId, ticket)).close()
    clock.advance(1)
    expect(await (await server.enter(roomId, ticket)).ended()).toMatchObject({
      code: 4401,
      reason: { type: '/problems/token-invalid' },
    })
  })

  it('[SEC-100] of a room that was ended closes with 4404, and so does every socket in it', async () => {
    const account = await server.signIn(owner)
    const doomed = await server.room(account)
    const [inside, unused] = [await server.guest(doomed), await server.guest(doomed)]
    const socket = await server.join(doomed, inside.ticket)
    expect((await server.call('DELETE', `/rooms/${doomed}`, { token: account.token })).status).toBe(204)
    expect(await socket.ended()).toMatchObject({ code: 4404, reason: { type: '/problems/room-not-found' } })
    expect(await (await server.enter(doomed, unused.ticket)).closeCode()).toBe(4404)
    expect((await server.call('GET', `/rooms/${doomed}`)).status).toBe(404)
  })

  it('[SEC-100] of a room that has filled up meanwhile closes with 4409', async () => {
    const small = await server.room(await server.signIn(owner), { maxPlayers: 1 })
    const [first, second] = [await server.guest(small), await server.guest(small)]
    const socket = await server.join(small, first.ticket)
    expect(await (await server.enter(small, second.ticket)).ended()).toMatchObject({
      code: 4409,
      reason: { type: '/problems/room-full' },
    })
    await socket.close()
    await (await server.join(small, second.ticket)).close()
  })

  it('[SEC-102] its holder is told two minutes before its end, and closed 30 seconds after', async () => {
    const first = await joinAsGuest()
    clock.advance(1_000)
    const second = await joinAsGuest() // Its ticket ends a second later: what is due for the first is not for it.
    clock.advance(ticketLifeMs - limits.expiringBeforeMs - 1_000)
    expect(await first.next('expiring')).toEqual({ type: 'expiring', inSeconds: 120 })
    expect(second.received.filter(({ type }) => type === 'expiring')).toEqual([])
    clock.advance(limits.expiringBeforeMs + limits.expiredGraceMs)
    expect(await first.ended()).toMatchObject({ code: 4401, reason: { type: '/problems/token-invalid' } })
    expect(second.end).toBeUndefined()
    clock.advance(1_000)
    expect(await second.closeCode()).toBe(4401)
    expect(first.received.filter(({ type }) => type === 'expiring').length).toBe(1)
  })
})

describe('renewing in band', () => {
  it('[SEC-102] moves the end to that of the new ticket, and tells of it again', async () => {
    const account = await server.signIn(owner)
    const socket = await server.join(roomId, await server.ticket(roomId, account))
    clock.advance(14 * 60_000)
    socket.send({ type: 'renew', ticket: await server.ticket(roomId, account) })
    expect(await socket.next('renewed')).toEqual({ type: 'renewed', expiresIn: ticketLifeMs / 1_000 })
    clock.advance(ticketLifeMs - limits.expiringBeforeMs)
    expect(await socket.next('expiring')).toMatchObject({ inSeconds: 120 })
    await expectAlive(socket)
    clock.advance(limits.expiringBeforeMs + limits.expiredGraceMs)
    expect(await socket.closeCode()).toBe(4401)
  })

  it('[SEC-102] a guest renews without a ticket and is sent one, which opens the room again', async () => {
    const { ticket, player } = await server.guest(roomId)
    const socket = await server.join(roomId, ticket)
    const other = await joinAsGuest()
    clock.advance(ticketLifeMs - limits.expiringBeforeMs)
    await socket.next('expiring')
    socket.send({ type: 'renew' })
    const renewed = await socket.next('renewed')
    expect(renewed.expiresIn).toBe(ticketLifeMs / 1_000)
    clock.advance(limits.expiringBeforeMs + limits.expiredGraceMs)
    expect(await other.closeCode()).toBe(4401)
    await expectAlive(socket)
    await socket.close()
    const back = await server.enter(roomId, renewed.ticket ?? '')
    expect((await back.next('welcome')).you).toMatchObject(player)
    await back.close()
  })

  it.each([
    ['garbage', 4401, async () => 'a.b.c'],
    ['nothing, from an account', 4401, async () => undefined],
    ['an identity token', 4401, async (account: TestAccount) => account.token],
    ['a ticket of another player', 4403, async () => (await server.guest(roomId)).ticket],
    [
      'a ticket of another room',
      4403,
      async (account: TestAccount) =>
        await server.ticket(await server.room(account), account).catch(() => ''),
    ],
  ] as const)('[SEC-102] %s closes with %d', async (what, code, renewal) => {
    const account = await server.signIn(owner)
    // Asked for before the player is inside, where another room's desk would refuse them.
    const ticket = what === 'a ticket of another room' ? await renewal(account) : undefined
    const socket = await server.join(roomId, await server.ticket(roomId, account))
    const given = ticket ?? (await renewal(account))
    socket.send(given === undefined ? { type: 'renew' } : { type: 'renew', ticket: given })
    expect(await socket.closeCode()).toBe(code)
  })

  it('[SEC-102] an expired ticket closes with 4401', async () => {
    const { ticket } = await server.guest(roomId)
    const socket = await server.join(roomId, ticket)
    clock.advance(ticketLifeMs)
    socket.send({ type: 'renew', ticket })
    expect(await socket.closeCode()).toBe(4401)
  })

  async function expectAlive(socket: RawSocket): Promise<void> {
    const id = crypto.randomUUID()
    socket.command(id, 'alive')
    await socket.next('event', ({ ref }) => ref === id)
  }
})
