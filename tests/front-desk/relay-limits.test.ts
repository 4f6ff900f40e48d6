import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { RedisClient } from 'bun'
import { createServer, type Server } from 'node:net'
import { limits } from '@innkeeper/protocol/limits'
import { freePort } from '../support/free-port'
import type { TestAccount } from '../support/front-desk'
import type { RawSocket } from '../support/raw-socket'
import { canStartNodes, startTestNodes, type TestNodes } from '../support/start-nodes'
import type { TestServer } from '../support/start-server'
import { createTestClock } from '../support/test-clock'
import { until } from '../support/until'

const perIp = 3

if (canStartNodes()) describe('a socket that is led to another node', suite)
else it.skip('a socket that is led to another node: needs TEST_REDIS_URL and TEST_POSTGRES_URL', () => {})

function suite(): void {
  let deployment: TestNodes
  let owner: TestAccount
  beforeAll(async () => {
    const env = { SOCKETS_PER_IP: String(perIp), SOCKETS_ENTERING_PER_IP: '100' }
    deployment = await startTestNodes({ clocks: [createTestClock(), createTestClock()], env })
    owner = await node(0).register()
  }, 30_000)
  afterAll(() => deployment.stop())

  function node(index: number): TestServer {
    const found = deployment.nodes[index]
    if (!found) throw new Error('No node')
    return found
  }

  const knock = async (index: number, roomId: string, ip: string): Promise<RawSocket> =>
    await node(index).enter(roomId, (await node(0).guest(roomId)).ticket, { ip })

  it('[SEC-112] is counted there by the address of its player, an IPv6 home too', async () => {
    const roomId = await node(0).room(owner)
    const homes = ['2001:db8:1:1', '2001:db8:1:2', '10.7.7.7']
    const ipOf = (home: string, index: number) => (home.includes(':') ? `${home}::${index + 1}` : home)
    const inside: RawSocket[] = []
    for (const home of homes) {
      for (let index = 0; index < perIp; index += 1) {
        const socket = await knock(1, roomId, ipOf(home, index))
        await socket.next('welcome')
        inside.push(socket)
      }
    }
    // They never came to the first node by themselves, and it knows how many of each home it has.
    for (const home of homes) expect(await (await knock(0, roomId, ipOf(home, 9))).closeCode()).toBe(4429)
    const neighbour = await knock(0, roomId, '2001:db8:1:3::1')
    await neighbour.next('welcome')
    await Promise.all([...inside, neighbour].map((socket) => socket.close()))
  })

  describe('that does not answer', () => {
    const silent = createSilentServer()
    let roomId: string
    beforeAll(async () => {
      roomId = await node(0).room(owner)
      const socket = await knock(0, roomId, '10.8.0.1')
      await socket.next('welcome')
      await giveTo(roomId, await silent.url)
      // The node has seen that the room is no longer its own.
      expect(await socket.ended()).toMatchObject({ code: 4503, reason: { type: 'moved' } })
    })
    afterAll(() => silent.close())

    it('is closed with 4503 when it has waited long enough, and may bring so many frames until then', async () => {
      const since = performance.now()
      const [quiet, talker, flood] = [
        await knock(0, roomId, '10.8.0.2'),
        await knock(0, roomId, '10.8.0.3'),
        await knock(0, roomId, '10.8.0.4'),
      ]
      // From here on their frames wait for the other node, and no longer for the entrance.
      await until(() => silent.connections() === 3)
      const say = (socket: RawSocket, count: number) => {
        for (let index = 0; index < count; index += 1) socket.command(`c${index}`, index)
      }
      say(talker, limits.enteringFrames)
      say(flood, limits.enteringFrames + 1)
      expect(await flood.ended()).toMatchObject({ code: 4429, reason: { type: '/problems/too-many' } })
      expect(performance.now() - since).toBeLessThan(limits.relayConnectMs - 500)
      expect([quiet.end, talker.end]).toEqual([undefined, undefined])
      for (const socket of [quiet, talker]) {
        const { code, reason } = await socket.ended(limits.relayConnectMs + 1_000)
        expect({ code, type: reason.type }).toEqual({ code: 4503, type: 'moved' })
        expect(reason.retryAfterMs).toBeGreaterThan(0)
        expect(socket.received).toEqual([])
      }
      expect(performance.now() - since).toBeWithin(limits.relayConnectMs - 100, limits.relayConnectMs + 2_000)
    }, 15_000)

    it('and refuses connections: is closed with 4503 at once', async () => {
      await giveTo(roomId, `http://127.0.0.1:${await freePort()}`)
      const since = performance.now()
      expect(await (await knock(0, roomId, '10.8.0.5')).ended()).toMatchObject({
        code: 4503,
        reason: { type: 'moved', retryAfterMs: expect.any(Number) },
      })
      expect(performance.now() - since).toBeLessThan(limits.relayConnectMs - 500)
    })
  })

  /** Says in Redis what a node says there that lives, and holds this room. */
  async function giveTo(roomId: string, url: string): Promise<void> {
    const redis = new RedisClient(deployment.env['REDIS_URL'])
    const [nodeId, life] = [crypto.randomUUID(), crypto.randomUUID()]
    await redis.send('SET', [`${deployment.prefix}node:${nodeId}`, `${life}|${url}`, 'PX', '60000'])
    await redis.send('SET', [`${deployment.prefix}lease:${roomId}`, `${nodeId}|${life}`, 'PX', '60000'])
    redis.close()
  }
}

/** Takes connections and says nothing, as a node does that was stopped in the middle of everything. */
function createSilentServer(): { readonly url: Promise<string>; connections(): number; close(): void } {
  let connections = 0
  const server: Server = createServer(() => {
    connections += 1
  })
  const listening = Promise.withResolvers<string>()
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address !== null && typeof address === 'object') listening.resolve(`http://127.0.0.1:${address.port}`)
  })
  return { url: listening.promise, connections: () => connections, close: () => void server.close() }
}
