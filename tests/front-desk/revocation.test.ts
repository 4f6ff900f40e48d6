import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { testPassword, type TestAccount } from '../support/front-desk'
import type { RawSocket } from '../support/raw-socket'
import { startTestServer, type TestServer } from '../support/start-server'

const withinMs = 2_000
let server: TestServer
let owner: TestAccount
let roomId: string

beforeAll(async () => {
  server = await startTestServer()
  owner = await server.register()
  roomId = await server.room(owner)
})
afterAll(() => server.stop())

const ask = (path: string, token: string, body?: unknown) =>
  server.call('POST', path, { token, ...(body === undefined ? {} : { body }) })

/** Runs what ends a socket. @returns how it ended, and how long that took in ms */
async function endedBy(socket: RawSocket, act: () => Promise<{ readonly status: number }>) {
  const since = performance.now()
  expect((await act()).status).toBe(204)
  const end = await socket.ended()
  return { ...end, tookMs: performance.now() - since }
}

describe('the end of a sign-in', () => {
  const endings: [string, (account: TestAccount) => ReturnType<TestServer['call']>][] = [
    ['signing out', ({ token }) => ask('/auth/logout', token)],
    ['signing out everywhere', ({ token }) => ask('/auth/logout-everywhere', token)],
    [
      'a password change on another device',
      async (account) => {
        const { token } = await server.signIn(account)
        return await ask('/auth/password', token, {
          current: testPassword,
          next: 'another horse battery staple 9',
        })
      },
    ],
    [
      'removal from the list of devices',
      async (account) => {
        const other = await server.signIn(account)
        const listed = await server.call('GET', '/auth/sign-ins', { token: account.token })
        const signIns: readonly { readonly id: string; readonly current: boolean }[] = listed.json.signIns
        const id = signIns.find(({ current }) => current)?.id ?? ''
        return await server.call('DELETE', `/auth/sign-ins/${id}`, { token: other.token })
      },
    ],
    [
      'deletion of the account',
      ({ token }) => server.call('DELETE', '/auth/account', { token, body: { password: testPassword } }),
    ],
  ]

  it.each(endings)('[SEC-104] %s closes its sockets with 4403 and ends its tickets', async (_what, end) => {
    const account = await server.register()
    const ticket = await server.ticket(roomId, account)
    const socket = await server.join(roomId, ticket)
    const closed = await endedBy(socket, () => end(account))
    expect(closed).toMatchObject({ code: 4403, reason: { type: '/problems/session-revoked' } })
    expect(closed.tookMs).toBeLessThan(withinMs)
    expect(
      (await server.call('POST', `/getTicket/${roomId}`, { headers: { tokenJwt: account.token } })).status,
    ).toBe(401)
    expect(await (await server.enter(roomId, ticket)).closeCode()).toBe(4403)
  })

  it('[SEC-104] closes no socket of another sign-in of the same player, nor of others', async () => {
    const account = await server.register()
    const elsewhere = await server.signIn(account)
    const socket = await server.join(roomId, await server.ticket(roomId, account))
    const bystander = await server.join(roomId, (await server.guest(roomId)).ticket)
    expect((await ask('/auth/logout', elsewhere.token)).status).toBe(204)
    const body = { current: testPassword, next: 'another horse battery staple 9' }
    expect((await ask('/auth/password', account.token, body)).status).toBe(204)
    for (const each of [socket, bystander]) {
      each.command('on', 1)
      await each.next('event')
      await each.close()
    }
  })

  it('[SEC-166] of a deleted account leaves no way in', async () => {
    const account = await server.register()
    const ticket = await server.ticket(roomId, account)
    expect(
      (
        await server.call('DELETE', '/auth/account', {
          token: account.token,
          body: { password: testPassword },
        })
      ).status,
    ).toBe(204)
    expect(
      (await server.call('POST', '/auth/refresh', { body: { refreshToken: account.refreshToken } })).status,
    ).toBe(401)
    expect((await server.call('GET', '/auth/account', { token: account.token })).status).toBe(401)
    expect(
      (await server.call('POST', '/rooms', { token: account.token, body: { type: 'relay', name: 'x' } }))
        .status,
    ).toBe(401)
    expect(await (await server.enter(roomId, ticket)).closeCode()).toBe(4403)
    const again = { username: account.username, password: testPassword }
    expect((await server.call('POST', '/auth/login', { body: again })).status).toBe(401)
  })
})

describe('a kick', () => {
  it('[SEC-101] closes the socket with 4403, ends the tickets, and leaves the way to a new one open', async () => {
    const player = await server.register()
    const [ticket, spare] = [await server.ticket(roomId, player), await server.ticket(roomId, player)]
    const socket = await server.join(roomId, ticket)
    const closed = await endedBy(socket, () =>
      ask(`/rooms/${roomId}/kick`, owner.token, { uuid: player.uuid }),
    )
    expect(closed).toMatchObject({ code: 4403, reason: { type: 'kicked' } })
    expect(closed.tookMs).toBeLessThan(1_000)
    for (const old of [ticket, spare]) expect(await (await server.enter(roomId, old)).closeCode()).toBe(4403)
    await (await server.join(roomId, await server.ticket(roomId, player))).close()
  })

  it('[SEC-101] of a guest ends that guest alone', async () => {
    const [bad, good] = [await server.guest(roomId), await server.guest(roomId)]
    const [badSocket, goodSocket] = [
      await server.join(roomId, bad.ticket),
      await server.join(roomId, good.ticket),
    ]
    const closed = await endedBy(badSocket, () =>
      ask(`/rooms/${roomId}/kick`, owner.token, { uuid: bad.player.uuid }),
    )
    expect(closed.code).toBe(4403)
    goodSocket.command('on', 1)
    await goodSocket.next('event')
    expect(await (await server.enter(roomId, bad.ticket)).closeCode()).toBe(4403)
    await goodSocket.close()
  })

  it.each([
    ['a kick', (uuid: string) => ask(`/rooms/${roomId}/kick`, owner.token, { uuid })],
    ['a ban', (uuid: string) => ask(`/rooms/${roomId}/ban`, owner.token, { uuid })],
  ] as const)('[SEC-101] finds a socket that is still on its way in: %s', async (_what, act) => {
    const { ticket, player } = await server.guest(roomId)
    const first = await server.join(roomId, ticket)
    first.pause()
    // It waits for the first to be probed, and would be let in when that one goes.
    const second = await server.enter(roomId, ticket)
    expect((await act(player.uuid)).status).toBe(204)
    expect(await second.closeCode()).toBe(4403)
    expect(second.received).toEqual([])
    first.drop()
  })

  it('does not lift a ban', async () => {
    const player = await server.register()
    const body = { uuid: player.uuid }
    expect((await ask(`/rooms/${roomId}/ban`, owner.token, body)).status).toBe(204)
    expect((await ask(`/rooms/${roomId}/kick`, owner.token, body)).status).toBe(204)
    const refused = await server.call('POST', `/getTicket/${roomId}`, { headers: { tokenJwt: player.token } })
    expect(refused.json.type).toBe('/problems/banned')
  })

  it.each(['kick', 'ban', 'rotate-key'])("is the owner's tool, and nobody else's (%s)", async (tool) => {
    const player = await server.register()
    const body = tool === 'rotate-key' ? {} : { uuid: owner.uuid }
    const path = `/rooms/${roomId}/${tool}`
    expect((await ask(path, player.token, body)).json.type).toBe('/problems/not-allowed')
    expect((await server.call('POST', path, { body })).json.type).toBe('/problems/token-invalid')
    expect((await ask(`/rooms/${crypto.randomUUID()}/${tool}`, owner.token, body)).json.type).toBe(
      '/problems/room-not-found',
    )
    expect((await server.call('DELETE', `/rooms/${roomId}`, { token: player.token })).status).toBe(403)
  })
})

describe('a new key for the room', () => {
  it('ends tickets of the old one with 4401 and closes no socket', async () => {
    const [inside, old] = [await server.guest(roomId), await server.guest(roomId)]
    const socket = await server.join(roomId, inside.ticket)
    expect((await ask(`/rooms/${roomId}/rotate-key`, owner.token)).status).toBe(204)
    expect(await (await server.enter(roomId, old.ticket)).closeCode()).toBe(4401)
    socket.command('on', 1)
    await socket.next('event')
    await socket.close()
    await (await server.join(roomId, (await server.guest(roomId)).ticket)).close()
  })

  it('lets old tickets in for as long as it was told to, and no longer', async () => {
    const [first, second] = [await server.guest(roomId), await server.guest(roomId)]
    expect((await ask(`/rooms/${roomId}/rotate-key`, owner.token, { graceSeconds: 60 })).status).toBe(204)
    server.clock.advance(50_000)
    await (await server.join(roomId, first.ticket)).close()
    server.clock.advance(10_000)
    expect(await (await server.enter(roomId, second.ticket)).closeCode()).toBe(4401)
  })

  it('shortens a grace that was given before, and does not lengthen it', async () => {
    const { ticket } = await server.guest(roomId)
    await ask(`/rooms/${roomId}/rotate-key`, owner.token, { graceSeconds: 60 })
    await ask(`/rooms/${roomId}/rotate-key`, owner.token, { graceSeconds: 600 })
    await (await server.join(roomId, ticket)).close()
    server.clock.advance(60_001)
    expect(await (await server.enter(roomId, ticket)).closeCode()).toBe(4401)
  })

  it.each([-1, 1_801, 1.5, '60', null])('takes no grace of %j seconds', async (graceSeconds) => {
    expect((await ask(`/rooms/${roomId}/rotate-key`, owner.token, { graceSeconds })).json.type).toBe(
      '/problems/validation-failed',
    )
  })
})

// Last, because they move the clock so far that tokens end.
describe('a ban', () => {
  it('[SEC-101] closes the socket with 4403 and refuses tickets until it is over', async () => {
    const player = await server.register()
    const ticket = await server.ticket(roomId, player)
    const socket = await server.join(roomId, ticket)
    const before = server.clock.now()
    const closed = await endedBy(socket, () =>
      ask(`/rooms/${roomId}/ban`, owner.token, { uuid: player.uuid, minutes: 5 }),
    )
    expect(closed).toMatchObject({ code: 4403, reason: { type: 'banned' } })
    expect(closed.tookMs).toBeLessThan(1_000)
    const refused = await server.call('POST', `/getTicket/${roomId}`, { headers: { tokenJwt: player.token } })
    expect(refused).toMatchObject({ status: 403, json: { type: '/problems/banned' } })
    expect(refused.json.until - before).toBeWithin(5 * 60_000, 5 * 60_000 + 5_000)
    expect(await (await server.enter(roomId, ticket)).closeCode()).toBe(4403)
    server.clock.advance(5 * 60_000 + 1)
    // The tickets from before stay dead; a new one opens the room.
    expect(await (await server.enter(roomId, ticket)).closeCode()).toBe(4403)
    await (await server.join(roomId, await server.ticket(roomId, player))).close()
  })

  it('[SEC-101] of another room keeps nobody out of this one', async () => {
    const again = await server.signIn(owner)
    const other = await server.room(again)
    const player = await server.register()
    expect((await ask(`/rooms/${other}/ban`, again.token, { uuid: player.uuid })).status).toBe(204)
    await (await server.join(roomId, await server.ticket(roomId, player))).close()
  })
})
