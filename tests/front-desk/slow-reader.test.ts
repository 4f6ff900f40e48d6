import { afterAll, beforeAll, expect, it } from 'bun:test'
import type { TestAccount } from '../support/front-desk'
import { startTestServer, type TestServer } from '../support/start-server'

let server: TestServer
let owner: TestAccount

beforeAll(async () => {
  server = await startTestServer({ env: { SOCKET_MESSAGES_PER_SECOND: '1000000' } })
  owner = await server.register()
})
afterAll(() => server.stop())

it('a slow reader is closed with 4508 that says when to come back, while the others miss nothing', async () => {
  const roomId = await server.room(owner)
  const slowTicket = (await server.guest(roomId)).ticket
  const slow = await server.join(roomId, slowTicket)
  const [talker, reader] = [
    await server.join(roomId, (await server.guest(roomId)).ticket),
    await server.join(roomId, (await server.guest(roomId)).ticket),
  ]
  slow.pause()
  const payload = 'x'.repeat(15 * 1024)
  let sent = 0
  // The system's own buffers hold some megabytes before anything waits in the server.
  const isGone = () => talker.received.some((frame) => frame.type === 'presence' && frame.status === 'away')
  while (!isGone() && sent < 4_000) {
    for (let index = 0; index < 4; index += 1) talker.command(`m${(sent += 1)}`, payload)
    await talker.next('event', ({ ref }) => ref === `m${sent}`)
    await reader.next('event', ({ ref }) => ref === `m${sent}`)
    // A lively pace, at which what waits for one socket does not grow past the hard end between two looks around.
    await Bun.sleep(40)
  }
  expect(sent).toBeLessThan(4_000)
  slow.resume()
  expect(await slow.ended()).toMatchObject({
    code: 4508,
    reason: { type: 'too-slow', retryAfterMs: expect.any(Number) },
  })
  expect(reader.received.flatMap((frame) => (frame.type === 'event' ? [frame.seq] : []))).toEqual(
    Array.from({ length: sent }, (_, index) => index + 1),
  )
  const back = await server.enter(roomId, slowTicket, { query: `?since=${sent - 1}` })
  expect(await back.next('welcome')).toMatchObject({ resumed: true })
  await Promise.all([talker, reader, back].map((socket) => socket.close()))
})
