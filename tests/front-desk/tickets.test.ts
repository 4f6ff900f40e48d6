import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import { problems, type ProblemCode } from '@innkeeper/protocol/problems'
import type { Answer, TestAccount } from '../support/front-desk'
import { startTestServer, type TestServer } from '../support/start-server'

const guestTicketsPerMinute = 30
let server: TestServer
let owner: TestAccount
let player: TestAccount

beforeAll(async () => {
  server = await startTestServer({ env: { GUEST_TICKETS_PER_MINUTE: String(guestTicketsPerMinute) } })
  ;[owner, player] = await Promise.all([server.register(), server.register()])
})
afterAll(() => server.stop())

const ask = (roomId: string, token: string | undefined, options: { body?: unknown; query?: string } = {}) =>
  server.call('POST', `/getTicket/${roomId}${options.query ?? ''}`, {
    headers: token === undefined ? {} : { tokenJwt: token },
    ...(options.body === undefined ? {} : { body: options.body }),
  })

/** Every refusal has this form, and tells nothing that is not meant for the caller. */
function expectProblem(answer: Answer, code: ProblemCode): void {
  expect(answer.json?.type).toBe(`/problems/${code}`)
  expect(answer.status).toBe(problems[code].status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.json).toMatchObject({ title: problems[code].title, status: answer.status })
  expect(answer.json.detail).toBeString()
  expect(answer.json.instance).toMatch(/^urn:request:\S+$/)
  expect(answer.text).not.toMatch(/\bat .+:\d+:\d+|node_modules|packages\/|eyJ|Error:/)
}

/** A room that would refuse `player` for every reason there is, unless `without` names it. */
async function hostileRoom(without: readonly ProblemCode[]) {
  const guests = without.includes('guests-not-allowed')
  const roomId = await server.room(owner, { guests, maxPlayers: 1 })
  const isFull = !without.includes('room-full')
  const other = await server.register()
  const inside = isFull ? await server.join(roomId, await server.ticket(roomId, other)) : undefined
  if (!without.includes('banned')) {
    await server.call('POST', `/rooms/${roomId}/ban`, { token: owner.token, body: { uuid: player.uuid } })
  }
  return { roomId, end: async () => inside?.close() }
}

describe('POST /getTicket refuses in this order', () => {
  it('a bad token before an unknown room', async () => {
    for (const token of ['', 'a.b.c', `${player.token.slice(0, -4)}AAAA`, player.refreshToken]) {
      const answer = await ask(crypto.randomUUID(), token)
      expectProblem(answer, 'token-invalid')
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    }
  })

  it('no token and no name as a bad token', async () => {
    for (const body of [undefined, {}, { name: 'x' }, []]) {
      expectProblem(await ask(crypto.randomUUID(), undefined, { body }), 'token-invalid')
    }
  })

  it('an unknown room', async () => {
    for (const id of [crypto.randomUUID(), 'x', 'a'.repeat(65), '%00', 'constructor']) {
      expectProblem(await ask(encodeURIComponent(id), player.token), 'room-not-found')
    }
    expectProblem(
      await ask(crypto.randomUUID(), undefined, { body: { username: 'player123' } }),
      'room-not-found',
    )
  })

  it('a ban before a full room and another room', async () => {
    const elsewhere = await server.room(owner)
    const socket = await server.join(elsewhere, await server.ticket(elsewhere, player))
    const { roomId, end } = await hostileRoom([])
    const refused = await ask(roomId, player.token)
    expectProblem(refused, 'banned')
    expect(refused.json.until).toBeGreaterThan(Date.now())
    await Promise.all([end(), socket.close()])
  })

  it('guests before a full room', async () => {
    const { roomId, end } = await hostileRoom(['banned'])
    expectProblem(await ask(roomId, undefined, { body: { username: 'player123' } }), 'guests-not-allowed')
    await end()
  })

  it('a full room before another room', async () => {
    const elsewhere = await server.room(owner)
    const socket = await server.join(elsewhere, await server.ticket(elsewhere, player))
    const { roomId, end } = await hostileRoom(['banned'])
    expectProblem(await ask(roomId, player.token), 'room-full')
    expectProblem(await ask(roomId, player.token, { query: '?move=true' }), 'room-full')
    await end()
    expectProblem(await ask(roomId, player.token), 'already-in-room')
    await socket.close()
  })

  it('nobody who is inside a full room already', async () => {
    const roomId = await server.room(owner, { maxPlayers: 1 })
    const account = await server.register()
    const socket = await server.join(roomId, await server.ticket(roomId, account))
    expect((await ask(roomId, account.token)).status).toBe(200)
    expectProblem(await ask(roomId, undefined, { body: { username: 'player123' } }), 'room-full')
    await socket.close()
  })

  it('a table to whoever has no seat at it', async () => {
    const { json } = await server.call('POST', '/api/session', {
      body: { name: 'Phandalin', gmName: 'Mira' },
    })
    expectProblem(await ask(json.session.id, player.token), 'not-allowed')
    expectProblem(
      await ask(json.session.id, undefined, { body: { username: 'player123' } }),
      'guests-not-allowed',
    )
    expectProblem(await server.call('GET', `/rooms/${json.session.id}`), 'room-not-found')
    const seat = await ask(json.session.id, json.accessToken)
    expect(seat.status).toBe(200)
    expect(seat.json.player).toEqual({ uuid: json.player.uuid, nick: 'Mira' })
    const room = await server.room(owner)
    expectProblem(await ask(room, json.accessToken), 'not-allowed')
  })
})

describe('guests', () => {
  it.each([{ guests: false }, { ranked: true }, { ranked: true, guests: true }])(
    'are refused by a room with %j',
    async (options) => {
      const roomId = await server.room(owner, options)
      expectProblem(await ask(roomId, undefined, { body: { username: 'player123' } }), 'guests-not-allowed')
      expect((await ask(roomId, (await server.register()).token)).status).toBe(200)
    },
  )

  it.each([['admin'], [''], ['a'], ['x'.repeat(21)], ['Al\u200bice'], ['guest:root'], ['сосо\u202e']])(
    'get no ticket as %j',
    async (username) => {
      const roomId = await server.room(owner)
      expectProblem(await ask(roomId, undefined, { body: { username } }), 'name-refused')
    },
  )

  it.each([[42], [null], [{}], [[]], [true]])('[SEC-145] get no ticket as %j', async (username) => {
    const roomId = await server.room(owner)
    expectProblem(await ask(roomId, undefined, { body: { username } }), 'validation-failed')
  })

  it('cannot take the nick of one who is in the room already', async () => {
    const roomId = await server.room(owner)
    const [first, second] = [
      await server.guest(roomId, 'Morgana'),
      await server.guest(roomId, 'Mоrgana'.replace('о', 'o')),
    ]
    expect(first.player.nick).toBe('Morgana')
    expect(second.player.nick).not.toBe('Morgana')
  })

  it('send their name as JSON, of a bounded size', async () => {
    const roomId = await server.room(owner)
    expectProblem(await ask(roomId, undefined, { body: '{"username"' }), 'bad-request')
    const big = JSON.stringify({ username: 'x'.repeat(limits.bodyBytes) })
    expectProblem(await ask(roomId, undefined, { body: big }), 'too-large')
  })
})

describe('how often', () => {
  it('guests of one address may ask: at the limit, and one past it', async () => {
    const roomId = await server.room(owner)
    const path = `/getTicket/${roomId}`
    const askFrom = (ip: string) => server.call('POST', path, { ip, body: { username: 'player123' } })
    for (let count = 0; count < guestTicketsPerMinute; count += 1)
      expect((await askFrom('10.6.6.6')).status).toBe(200)
    const refused = await askFrom('10.6.6.6')
    expectProblem(refused, 'too-many')
    expect(Number(refused.headers.get('retry-after'))).toBeWithin(1, 61)
    expect((await askFrom('10.6.6.7')).status).toBe(200)
    const account = await server.call('POST', path, { ip: '10.6.6.6', headers: { tokenJwt: player.token } })
    expect(account.status).toBe(200)
  })
})

describe('/rooms', () => {
  const create = (body: unknown, token = owner.token) => server.call('POST', '/rooms', { token, body })

  it('makes a room as it was asked for, and shows it', async () => {
    const body = {
      type: 'relay',
      name: 'Friday night',
      guests: true,
      ranked: false,
      listed: false,
      maxPlayers: 7,
    }
    const made = await create(body)
    expect(made.status).toBe(201)
    const expected = {
      ...body,
      roomId: made.json.roomId,
      owner: owner.uuid,
      players: 0,
      createdAt: expect.any(Number),
    }
    expect(made.json).toEqual(expected)
    expect((await server.call('GET', `/rooms/${made.json.roomId}`)).json).toEqual(expected)
  })

  it.each([
    [{ type: 'tabletop', name: 'x' }],
    [{ type: 'nothing', name: 'x' }],
    [{ type: 'constructor', name: 'x' }],
    [{ type: 'relay' }],
    [{ type: 'relay', name: 'x', maxPlayers: 0 }],
    [{ type: 'relay', name: 'x', maxPlayers: limits.roomPlayersMax + 1 }],
    [{ type: 'relay', name: 'x', maxPlayers: 1.5 }],
    [{ type: 'relay', name: 'x', owner: 'somebody else' }],
    [{ type: 'relay', name: 5 }],
  ])('refuses %j', async (body) => {
    expectProblem(await create(body), 'validation-failed')
  })

  it.each([[''], ['x'.repeat(limits.roomNameGraphemes + 1)], ['a\u202eb'], ['\u0007']])(
    'refuses the name %j',
    async (name) => {
      expectProblem(await create({ type: 'relay', name }), 'name-refused')
    },
  )

  it('takes the longest name and the most players', async () => {
    const body = {
      type: 'relay',
      name: 'x'.repeat(limits.roomNameGraphemes),
      maxPlayers: limits.roomPlayersMax,
    }
    expect((await create(body)).status).toBe(201)
  })

  it('are made by accounts alone', async () => {
    const body = { type: 'relay', name: 'x' }
    expectProblem(await server.call('POST', '/rooms', { body }), 'token-invalid')
    const { json } = await server.call('POST', '/api/session', {
      body: { name: 'Phandalin', gmName: 'Mira' },
    })
    expectProblem(await create(body, json.accessToken), 'token-invalid')
  })

  it('lists page by page, the newest first, each listed room once; and an owner has so many', async () => {
    const host = await server.register()
    const made: string[] = []
    for (let index = 0; index < limits.roomsPerOwner; index += 1) {
      made.push(
        String(
          (await create({ type: 'relay', name: 'x', listed: index % 10 !== 0 }, host.token)).json.roomId,
        ),
      )
    }
    expectProblem(await create({ type: 'relay', name: 'x' }, host.token), 'too-many')
    const listed = made.filter((_, index) => index % 10 !== 0)
    const found = await listAll()
    expect(new Set(found).size).toBe(found.length)
    const mine = found.filter((id) => made.includes(id))
    expect(new Set(mine)).toEqual(new Set(listed))
    expect((await server.call('DELETE', `/rooms/${made[0] ?? ''}`, { token: host.token })).status).toBe(204)
    expect((await create({ type: 'relay', name: 'x' }, host.token)).status).toBe(201)
  })

  /** Every listed room, page after page. */
  async function listAll(): Promise<readonly string[]> {
    const found: string[] = []
    let cursor: string | undefined
    do {
      const query: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page = (await server.call('GET', `/rooms?type=relay${query}`)).json
      const rooms: readonly { readonly roomId: string }[] = page.rooms
      expect(rooms.length).toBeLessThanOrEqual(limits.roomsPerPage)
      found.push(...rooms.map((room) => room.roomId))
      cursor = page.cursor
    } while (cursor !== undefined)
    return found
  }

  it.each(['x', '1.', '1.a b', '99999999999999999.x', ' '])('refuses the cursor %j', async (cursor) => {
    expectProblem(
      await server.call('GET', `/rooms?cursor=${encodeURIComponent(cursor)}`),
      'validation-failed',
    )
  })

  it('answers an unknown address, method and body with a problem too', async () => {
    expectProblem(await server.call('GET', '/nothing'), 'not-found')
    expectProblem(await server.call('PATCH', '/rooms'), 'method-not-allowed')
    expectProblem(await create('{"type"'), 'bad-request')
    expectProblem(
      await server.call('POST', '/rooms', {
        token: owner.token,
        body: 'x',
        headers: { 'content-type': 'text/plain' },
      }),
      'unsupported-media-type',
    )
  })
})
