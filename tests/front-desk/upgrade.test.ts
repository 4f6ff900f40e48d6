import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { limits } from '@innkeeper/protocol/limits'
import type { TestAccount } from '../support/front-desk'
import { rawExchange, statusesOf } from '../support/raw-exchange'
import { openSocket, requestBytes, type RawSocketOptions } from '../support/raw-socket'
import { startTestServer, type TestServer } from '../support/start-server'
import { until } from '../support/until'

const page = 'https://app.example.com'
let server: TestServer
let owner: TestAccount
let roomId: string
let path: string

beforeAll(async () => {
  server = await startTestServer({ env: { ALLOWED_ORIGINS: page } })
  owner = await server.register()
  roomId = await server.room(owner)
  path = `${server.url}/enterRoom/${roomId}`
})
afterAll(() => server.stop())

const guestTicket = async () => (await server.guest(roomId)).ticket

describe('who may open a socket', () => {
  it('[SEC-94] without credentials the answer is 401, before any socket', async () => {
    const socket = await openSocket(path, { origin: server.url })
    expect(socket.status).toBe(401)
    expect(socket.headers.get('content-type')).toStartWith('application/problem+json')
  })

  const foreign = [
    'https://evil.example',
    'null',
    'https://app.example.com.evil.com',
    'https://app.example.evil.com',
    'https://evil.com/https://app.example.com',
    'http://app.example.com',
    'https://app.example.com:8443',
    'HTTPS://APP.EXAMPLE.COM',
    'https://app.example.com/',
    'https://sub.app.example.com',
    '',
  ]
  it.each(foreign)('[SEC-95] refuses the page of Origin %j with 403', async (origin) => {
    const protocols = ['innkeeper.v1', `ticket.${await guestTicket()}`]
    const socket = await openSocket(path, { protocols, headers: { Origin: origin } })
    expect(socket.status).toBe(403)
  })

  it('[SEC-95] a foreign Origin is refused with the Authorization header too, and on /ws', async () => {
    const headers = { Authorization: `Bearer ${await guestTicket()}` }
    expect((await openSocket(path, { headers, origin: 'https://evil.example' })).status).toBe(403)
    const token = crypto.randomUUID()
    expect(
      (await openSocket(`${server.url}/ws?token=${token}`, { origin: 'https://evil.example' })).status,
    ).toBe(403)
  })

  it('[SEC-95] a missing Origin is refused unless there is an Authorization header', async () => {
    const ticket = await guestTicket()
    expect((await openSocket(path, { protocols: ['innkeeper.v1', `ticket.${ticket}`] })).status).toBe(403)
    expect((await openSocket(`${server.url}/ws?token=${crypto.randomUUID()}`)).status).toBe(403)
    const native = await server.join(roomId, ticket)
    await native.close()
  })

  it.each([() => page, () => server.url, () => `http://localhost:${server.port}`])(
    'lets the pages in that are listed, and its own (%#)',
    async (origin) => {
      const protocols = ['innkeeper.v1', `ticket.${await guestTicket()}`]
      const socket = await openSocket(path, { protocols, origin: origin() })
      expect(socket.status).toBe(101)
      await socket.next('welcome')
      await socket.close()
    },
  )
})

describe('the subprotocol header', () => {
  it('[SEC-96] answers innkeeper.v1 alone when the ticket was offered first', async () => {
    const protocols = [`ticket.${await guestTicket()}`, 'innkeeper.v1', 'something.else']
    const socket = await openSocket(path, { protocols, origin: page })
    expect(socket.status).toBe(101)
    expect(socket.headers.get('sec-websocket-protocol')).toBe('innkeeper.v1')
    await socket.next('welcome')
    await socket.close()
  })

  it('answers no subprotocol to a native client that offered none', async () => {
    const socket = await server.join(roomId, await guestTicket())
    expect(socket.headers.has('sec-websocket-protocol')).toBe(false)
    await socket.close()
  })

  it('[SEC-97] refuses a ticket without a real protocol with 400', async () => {
    expect(
      (await openSocket(path, { protocols: [`ticket.${await guestTicket()}`], origin: page })).status,
    ).toBe(400)
  })

  it('refuses two tickets with 400, and a ticket in both places with 4401', async () => {
    const ticket = await guestTicket()
    const two = ['innkeeper.v1', `ticket.${ticket}`, `ticket.${ticket}`]
    expect((await openSocket(path, { protocols: two, origin: page })).status).toBe(400)
    const both = await server.enter(roomId, ticket, { protocols: ['innkeeper.v1', `ticket.${ticket}`] })
    expect(await both.closeCode()).toBe(4401)
  })

  it('[SEC-99] takes a header of the largest size, and refuses one byte more', async () => {
    const offer = (bytes: number) => `innkeeper.v1, ${'x'.repeat(bytes - 'innkeeper.v1, '.length)}`
    const ask = (bytes: number) =>
      openSocket(path, { origin: page, headers: { 'Sec-WebSocket-Protocol': offer(bytes) } })
    const largest = await ask(limits.subprotocolBytes)
    expect(largest.status).toBe(101)
    largest.drop()
    expect([400, 431]).toContain((await ask(limits.subprotocolBytes + 1)).status)
  })

  it('[SEC-99] takes as many entries as it says, and refuses one more', async () => {
    const offer = (count: number) => [
      'innkeeper.v1',
      ...Array.from({ length: count - 1 }, (_, index) => `p${index}`),
    ]
    const most = await openSocket(path, { origin: page, protocols: offer(limits.subprotocolCount) })
    expect(most.status).toBe(101)
    most.drop()
    expect(
      (await openSocket(path, { origin: page, protocols: offer(limits.subprotocolCount + 1) })).status,
    ).toBe(400)
    expect((await openSocket(path, { origin: page, protocols: offer(100) })).status).toBe(400)
  })

  it.each(['a b', 'a/b', 'a;b', '"a"', 'ä', 'a,,b', '', 'a\tb'])(
    '[SEC-99] refuses the malformed entry %j with 400',
    async (entry) => {
      expect((await openSocket(path, { origin: page, protocols: ['innkeeper.v1', entry] })).status).toBe(400)
    },
  )
})

describe('the address', () => {
  it.each(['..%2f..%2fetc', '%00', '%ff', 'a'.repeat(65), 'a%20b', ''])(
    'refuses the room %j before any socket',
    async (id) => {
      const headers = { Authorization: 'Bearer x' }
      expect((await openSocket(`${server.url}/enterRoom/${id}`, { headers })).status).toBe(400)
    },
  )

  it.each(['since=-1', 'since=1.5', 'since=abc', 'since=1&since=2', 'since=9999999999999999', 'since='])(
    'refuses ?%s with 400',
    async (query) => {
      const socket = await server.enter(roomId, await guestTicket(), { query: `?${query}` })
      expect(socket.status).toBe(400)
    },
  )

  it('closes with 4404 for a room that is none', async () => {
    expect(await (await server.enter(crypto.randomUUID(), await guestTicket())).closeCode()).toBe(4404)
  })

  it('closes with 4401 for a channel token that is none, and for two of them', async () => {
    for (const query of [
      '',
      '?token=',
      `?token=${crypto.randomUUID()}`,
      `?token=${crypto.randomUUID()}&token=${crypto.randomUUID()}`,
    ]) {
      const socket = await openSocket(`${server.url}/ws${query}`, { origin: page })
      expect(await socket.closeCode()).toBe(4401)
    }
  })
})

describe('the upgrade as HTTP', () => {
  const authorized = async () => ({ Authorization: `Bearer ${await guestTicket()}` })

  it.each([{ Connection: 'keep-alive, Upgrade' }, { Connection: 'upgrade' }, { Upgrade: 'WebSocket' }])(
    '[SEC-114] understands %j',
    async (variant) => {
      const socket = await openSocket(path, { headers: { ...(await authorized()), ...variant } })
      expect(socket.status).toBe(101)
      await socket.next('welcome')
      await socket.close()
    },
  )

  it.each([
    { 'Sec-WebSocket-Key': undefined },
    { 'Sec-WebSocket-Key': 'short' },
    { Upgrade: 'h2c' },
    { 'Sec-WebSocket-Version': '12' },
  ])('[SEC-114] does not upgrade with %j', async (variant) => {
    const socket = await openSocket(path, { headers: { ...(await authorized()), ...variant } })
    expect(socket.status).toBeGreaterThanOrEqual(400)
    expect(socket.status).toBeLessThan(500)
  })

  it('[SEC-114] a POST is no upgrade, and its body is never taken for a request', async () => {
    const body = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'
    const headers = { ...(await authorized()), 'Content-Length': String(body.length), 'X-Nothing': '1' }
    const answer = await exchange({
      method: 'POST',
      headers,
      behind: `${body}GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    })
    const [first, ...more] = statusesOf(answer)
    expect(first).toBeGreaterThanOrEqual(400)
    expect(first).toBeLessThan(500)
    expect(more.length).toBeLessThanOrEqual(1)
    expect(answer).not.toContain('"status":"ok"')
  })

  it('[SEC-114] an upgrade with a body opens nothing behind it', async () => {
    const smuggled = `GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`
    const next = `GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n`
    for (const headers of [
      { 'Content-Length': String(smuggled.length) },
      { 'Transfer-Encoding': 'chunked' },
    ]) {
      const behind =
        'Content-Length' in headers ? smuggled : `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`
      const answer = await exchange({
        headers: { ...(await authorized()), ...headers },
        behind: behind + next,
      })
      expect(statusesOf(answer)[0]).toBe(400)
      expect(answer).not.toContain('"status":"ok"')
    }
  })

  it('[SEC-114] a request that is pipelined behind an upgrade is read as frames, and ends the socket', async () => {
    const smuggled = `GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`
    const answer = await exchange({ headers: await authorized(), behind: smuggled })
    expect(statusesOf(answer)).toEqual([101])
    expect(answer).not.toContain('"status":"ok"')
  })

  it('[SEC-114] a frame that comes in one packet with the upgrade is taken', async () => {
    const { frameBytes, opcodes } = await import('../support/raw-frames')
    const command = Buffer.from(JSON.stringify({ type: 'command', id: 'early', name: 'relay', payload: 1 }))
    const socket = await openSocket(path, {
      headers: await authorized(),
      behind: frameBytes(opcodes.text, command, true),
    })
    expect((await socket.next('event', ({ ref }) => ref === 'early')).payload).toBe(1)
    await socket.close()
  })

  it('[SEC-114] a refused upgrade leaves the connection in step with the next request', async () => {
    const next = `GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
    const answer = await exchange({ origin: 'https://evil.example', behind: next })
    expect(statusesOf(answer).slice(0, 2)).toEqual([403, 200])
  })

  it('[SEC-114] frames that RFC 6455 forbids end the socket', async () => {
    const wrong: [number, Uint8Array, boolean][] = [
      [0x81, Buffer.from('"unmasked"'), false],
      [0xf1, Buffer.from('"rsv"'), true],
      [0x83, Buffer.from('"opcode"'), true],
      [0x80, Buffer.from('"continuation of nothing"'), true],
      [0x89, Buffer.alloc(126), true],
      [0x81, Buffer.from([0xff, 0xfe]), true],
    ]
    for (const [first, payload, masked] of wrong) {
      const socket = await server.join(roomId, await guestTicket())
      socket.frame(first, payload, { masked })
      expect((await socket.ended()).code).toBeGreaterThanOrEqual(1002)
    }
  })

  it('[SEC-107] the same bytes open the room again once the player is out, and only then', async () => {
    const { ticket, player } = await server.guest(roomId)
    const bytes = requestBytes(path, randomBytes(16).toString('base64'), {
      headers: { Authorization: `Bearer ${ticket}` },
    })
    const replay = async () => {
      const { RawSocket } = await import('../support/raw-socket')
      const socket = new RawSocket(path, bytes)
      await socket.opened
      return socket
    }
    const first = await replay()
    expect((await first.next('welcome')).you.uuid).toBe(player.uuid)
    expect(await (await replay()).closeCode()).toBe(4409)
    await first.close()
    const again = await replay()
    expect((await again.next('welcome')).you.uuid).toBe(player.uuid)
    await again.close()
  })

  async function exchange(options: RawSocketOptions): Promise<string> {
    // Until a close frame, or the second answer of those that ask for one.
    const isOver = (answer: string) => answer.includes('\x88') || statusesOf(answer).length > 1
    return await rawExchange(
      server.url,
      requestBytes(path, randomBytes(16).toString('base64'), options),
      isOver,
    )
  }
})

describe('compression', () => {
  it('[SEC-111] is not agreed on when it is offered', async () => {
    const offer = 'permessage-deflate; client_max_window_bits, x-webkit-deflate-frame'
    const socket = await server.join(roomId, await guestTicket(), {
      headers: { 'Sec-WebSocket-Extensions': offer },
    })
    expect(socket.headers.has('sec-websocket-extensions')).toBe(false)
    await socket.close()
  })

  it('[SEC-111] a compressed bomb is refused and never inflated', async () => {
    const bomb = Bun.deflateSync(Buffer.alloc(100 * 1024 * 1024, 'a'))
    const headers = { 'Sec-WebSocket-Extensions': 'permessage-deflate' }
    const socket = await server.join(roomId, await guestTicket(), { headers })
    const before = process.memoryUsage().rss
    socket.frame(0xc1, bomb.subarray(0, 60 * 1024))
    expect((await socket.ended()).code).not.toBe(1000)
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024)
  })
})

describe('a flood', () => {
  it('[SEC-112] of half-open upgrades from one address keeps nobody out', async () => {
    const before = process.memoryUsage().rss
    const half = requestBytes(path, 'AAAAAAAAAAAAAAAAAAAAAA==', {}).subarray(0, 60)
    const flood: Socket[] = []
    try {
      for (let index = 0; index < 500; index += 1) {
        const socket = connect(server.port, '127.0.0.1', () => socket.write(half))
        socket.on('error', () => {})
        flood.push(socket)
      }
      await until(() => flood.every(({ connecting }) => !connecting))
      const player = await server.join(roomId, await guestTicket())
      player.command('through', 1)
      await player.next('event', ({ ref }) => ref === 'through')
      await player.close()
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
    } finally {
      for (const socket of flood) socket.destroy()
    }
  })
})
