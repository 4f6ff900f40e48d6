import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import type { TestAccount } from '../support/front-desk'
import { opcodes } from '../support/raw-frames'
import { openSocket, type RawSocket } from '../support/raw-socket'
import { startTestServer, type TestServer } from '../support/start-server'
import { createStoppedClock } from '../support/test-clock'
import { until } from '../support/until'

const clock = createStoppedClock()
const caps = { inAll: 30, perIp: 12, entering: 5 }
let server: TestServer
let owner: TestAccount
let roomId: string

beforeAll(async () => {
  server = await startTestServer({
    clock,
    env: {
      SOCKETS_MAX: String(caps.inAll),
      SOCKETS_PER_IP: String(caps.perIp),
      SOCKETS_ENTERING_PER_IP: String(caps.entering),
      SOCKET_MESSAGES_PER_SECOND: '40',
    },
  })
  owner = await server.register()
  roomId = await server.room(owner)
})
afterAll(() => server.stop())

const guestTicket = async () => (await server.guest(roomId)).ticket
const joinAsGuest = async (ip?: string) =>
  server.join(roomId, await guestTicket(), ip === undefined ? {} : { ip })

/** A socket that has offered no ticket yet. */
async function openWithoutTicket(ip = '10.1.1.1'): Promise<RawSocket> {
  const headers = { 'X-Forwarded-For': ip }
  return await openSocket(`${server.url}/enterRoom/${roomId}`, {
    protocols: ['innkeeper.v1'],
    origin: server.url,
    headers,
  })
}

async function closeAll(sockets: readonly RawSocket[]): Promise<void> {
  await Promise.all(sockets.map((socket) => socket.close()))
}

describe('a socket whose ticket comes as its first frame', () => {
  it('[SEC-105] gets in with a hello, and resumes with its since', async () => {
    const talker = await joinAsGuest()
    talker.command('one', 1)
    const { seq } = await talker.next('event')
    talker.command('two', 2)
    await talker.next('event')
    const socket = await openWithoutTicket()
    socket.send({ type: 'hello', ticket: await guestTicket(), since: seq })
    expect(await socket.next('welcome')).toMatchObject({ resumed: true, seq: seq + 1 })
    expect(await socket.next('event')).toMatchObject({ seq: seq + 1, payload: 2 })
    await closeAll([socket, talker])
  })

  it('[SEC-105] is closed with 4408 after five silent seconds, and not before', async () => {
    const first = await openWithoutTicket()
    clock.advance(1)
    const second = await openWithoutTicket()
    clock.advance(limits.helloMs - 1)
    expect(await first.closeCode()).toBe(4408)
    // The look around that closed the first has passed the second, which came a millisecond later.
    expect(second.end).toBeUndefined()
    clock.advance(1)
    expect(await second.closeCode()).toBe(4408)
  })

  it.each([
    [
      'a binary frame',
      4400,
      (socket: RawSocket) => socket.frame(opcodes.binary, Buffer.from('{"type":"hello"}')),
    ],
    ['a first frame of 2 MB', 4413, (socket: RawSocket) => socket.sendText('x'.repeat(2 * 1024 * 1024))],
    ['what is not JSON', 4400, (socket: RawSocket) => socket.sendText('{hello')],
    ['a hello without a ticket', 4400, (socket: RawSocket) => socket.send({ type: 'hello' })],
    [
      'a hello with more in it',
      4400,
      (socket: RawSocket) => socket.send({ type: 'hello', ticket: 'x', admin: true }),
    ],
    ['a forged ticket', 4401, (socket: RawSocket) => socket.send({ type: 'hello', ticket: 'a.b.c' })],
    ['a resume', 4400, (socket: RawSocket) => socket.send({ type: 'resume', since: 0 })],
    ['a renew', 4400, (socket: RawSocket) => socket.send({ type: 'renew', ticket: 'a.b.c' })],
  ] as const)('[SEC-105] %s closes it with %d', async (_what, code, act) => {
    const socket = await openWithoutTicket()
    act(socket)
    expect(await socket.closeCode()).toBe(code)
  })

  it('[SEC-105] a second hello closes it with 4400', async () => {
    const ticket = await guestTicket()
    const socket = await openWithoutTicket()
    socket.send({ type: 'hello', ticket })
    await socket.next('welcome')
    socket.send({ type: 'hello', ticket })
    expect(await socket.closeCode()).toBe(4400)
    const hasty = await openWithoutTicket()
    hasty.send({ type: 'hello', ticket: await guestTicket() })
    hasty.send({ type: 'hello', ticket: await guestTicket() })
    expect(await hasty.closeCode()).toBe(4400)
  })

  it('[SEC-106] a command before the hello closes it with 4400 and changes nothing', async () => {
    const witness = await joinAsGuest()
    const socket = await openWithoutTicket()
    socket.command('early', 'from nobody')
    expect(await socket.closeCode()).toBe(4400)
    witness.command('after', 'from a guest')
    expect((await witness.next('event')).payload).toBe('from a guest')
    await witness.close()
  })
})

describe('how many sockets', () => {
  it('[SEC-112] one address may have waiting: at the limit, and one past it', async () => {
    const waiting: RawSocket[] = []
    for (let index = 0; index < caps.entering; index += 1) waiting.push(await openWithoutTicket('10.2.2.2'))
    const tooMany = await openWithoutTicket('10.2.2.2')
    expect(await tooMany.ended()).toMatchObject({ code: 4429, reason: { type: '/problems/too-many' } })
    const elsewhere = await openWithoutTicket('10.2.2.3')
    expect(waiting.map(({ end }) => end)).toEqual(waiting.map(() => undefined))
    waiting[0]?.send({ type: 'hello', ticket: await guestTicket() })
    await waiting[0]?.next('welcome')
    const next = await openWithoutTicket('10.2.2.2')
    next.send({ type: 'hello', ticket: await guestTicket() })
    await next.next('welcome')
    await closeAll([...waiting, elsewhere, next])
  })

  it('[SEC-112] one address may have open: at the limit, and one past it', async () => {
    const open: RawSocket[] = []
    for (let index = 0; index < caps.perIp; index += 1) open.push(await joinAsGuest('10.3.3.3'))
    const tooMany = await server.enter(roomId, await guestTicket(), { ip: '10.3.3.3' })
    expect(await tooMany.closeCode()).toBe(4429)
    await open.pop()?.close()
    open.push(await joinAsGuest('10.3.3.3'))
    await closeAll(open)
  })

  it('[SEC-112] an IPv6 home counts by its /64', async () => {
    const open: RawSocket[] = []
    for (let index = 0; index < caps.perIp; index += 1)
      open.push(await joinAsGuest(`2001:db8:1:2:${index}::1`))
    const tooMany = await server.enter(roomId, await guestTicket(), { ip: '2001:db8:1:2:ffff::1' })
    expect(await tooMany.closeCode()).toBe(4429)
    const neighbour = await joinAsGuest('2001:db8:1:3::1')
    await closeAll([...open, neighbour])
  })

  it('[SEC-112] a server has in all: at the limit, and one past it', async () => {
    const open: RawSocket[] = []
    for (let index = 0; index < caps.inAll; index += 1) open.push(await joinAsGuest(`10.4.4.${index}`))
    expect(await (await server.enter(roomId, await guestTicket(), { ip: '10.4.5.1' })).closeCode()).toBe(4429)
    await closeAll(open)
  })

  it('[SEC-112] 50 sockets of one player: one gets in, the others are closed', async () => {
    const { ticket } = await server.guest(roomId)
    const ips = Array.from({ length: 50 }, (_, index) => `10.5.${Math.floor(index / 4)}.1`)
    const sockets = await Promise.all(ips.map((ip) => server.enter(roomId, ticket, { ip })))
    const isSettled = ({ end, received }: RawSocket) => end !== undefined || received.length > 0
    await until(() => sockets.every(isSettled))
    const inside = sockets.filter(({ end }) => end === undefined)
    expect(inside.length).toBe(1)
    expect(new Set(sockets.flatMap(({ end }) => end?.code ?? []))).toEqual(new Set([4409, 4429]))
    await closeAll(inside)
  })
})

describe('what one socket may send', () => {
  it('takes a burst of twice the rate, then what the rate allows, and closes with 4429 at one more', async () => {
    const socket = await joinAsGuest()
    const send = (count: number) =>
      Array.from({ length: count }, (_, index) => socket.command(`m${index}`, index))
    send(80)
    await socket.next('event', ({ payload }) => payload === 79)
    clock.advance(1_000)
    send(40)
    await socket.next('event', ({ payload }) => payload === 39)
    send(1)
    expect(await socket.ended()).toMatchObject({ code: 4429, reason: { type: '/problems/too-many' } })
  })

  it('takes a frame of the largest size, and closes with 4413 at one byte more', async () => {
    const socket = await joinAsGuest()
    socket.sendText(commandOf(limits.frameBytes))
    expect((await socket.next('reject')).problem.type).toBe('/problems/too-large')
    socket.sendText(commandOf(limits.frameBytes + 1))
    expect(await socket.ended()).toMatchObject({ code: 4413, reason: { type: '/problems/too-large' } })
  })

  it('counts bytes, not characters', async () => {
    const socket = await joinAsGuest()
    socket.sendText(commandOf(limits.frameBytes / 2 + 64, 'ж'))
    expect(await socket.closeCode()).toBe(4413)
  })

  it('closes with 1009 what is larger than any frame', async () => {
    const socket = await joinAsGuest()
    socket.frame(opcodes.text, Buffer.alloc(4 * 1024 * 1024 + 1, 'x'))
    expect([1009, 1006]).toContain(await socket.closeCode())
  })

  it('closes with 4400 for a binary frame', async () => {
    const socket = await joinAsGuest()
    socket.frame(opcodes.binary, Buffer.from('{"type":"command","id":"c","name":"relay","payload":1}'))
    expect(await socket.ended()).toMatchObject({ code: 4400, reason: { type: '/problems/bad-request' } })
  })

  const malformed = [
    '',
    'null',
    '[]',
    '{}',
    '{"type":"command"}',
    '{"type":"command","id":"","name":"relay","payload":1}',
    `{"type":"command","id":"${'i'.repeat(limits.commandIdChars + 1)}","name":"relay","payload":1}`,
    `{"type":"command","id":"c","name":"${'n'.repeat(limits.commandNameChars + 1)}","payload":1}`,
    '{"type":"command","id":1,"name":"relay","payload":1}',
    '{"type":"command","id":"c","name":"relay","payload":1,"by":"somebody else"}',
    '{"type":"event","seq":1,"name":"relayed"}',
    '{"type":"resume","since":-1}',
    '{"type":"resume","since":"1"}',
    '{"type":"constructor"}',
    '{"__proto__":{"type":"command"}}',
  ]
  it.each(malformed)('closes with 4400 for %s', async (text) => {
    const socket = await joinAsGuest()
    socket.sendText(text)
    expect(await socket.closeCode()).toBe(4400)
  })

  it('rejects what the room does not know, and stays open', async () => {
    const socket = await joinAsGuest()
    socket.command('c1', 1, 'fly')
    expect(await socket.next('reject')).toMatchObject({
      id: 'c1',
      problem: { type: '/problems/bad-request', status: 400 },
    })
    socket.command('c2', null)
    expect(await socket.next('event')).toMatchObject({ ref: 'c2', payload: null })
    await socket.close()
  })

  it('relays any JSON as it is', async () => {
    const socket = await joinAsGuest()
    const payloads = [
      null,
      true,
      -0.5,
      '',
      'olá · привет · 🎲 \u0000 </script>',
      [],
      [[1], { a: [] }],
      { ключ: { '': 0 } },
    ]
    for (const [index, payload] of payloads.entries()) {
      socket.command(`p${index}`, payload)
      expect((await socket.next('event')).payload).toEqual(payload)
    }
    await socket.close()
  })

  function commandOf(chars: number, letter = 'x'): string {
    const empty = JSON.stringify({ type: 'command', id: 'big', name: 'relay', payload: '' })
    return empty.replace('""', `"${letter.repeat(chars - empty.length)}"`)
  }
})
