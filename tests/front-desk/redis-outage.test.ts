import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import type { TestAccount } from '../support/front-desk'
import { canRunRedis, startOwnRedis, type OwnRedis } from '../support/own-redis'
import { openSocket, type RawSocket } from '../support/raw-socket'
import { canStartNodes, startTestNodes, type TestNodes } from '../support/start-nodes'
import type { TestServer } from '../support/start-server'
import { createTestClock } from '../support/test-clock'
import { until } from '../support/until'

if (canStartNodes() && canRunRedis()) describe('a Redis that goes away', outage)
else it.skip('a Redis that goes away: needs redis-server, TEST_REDIS_URL and TEST_POSTGRES_URL', () => {})

function outage(): void {
  const clock = createTestClock()
  let redis: OwnRedis
  let deployment: TestNodes
  let owner: TestAccount
  let roomId: string

  beforeAll(async () => {
    redis = await startOwnRedis()
    deployment = await startTestNodes({ clocks: [clock, createTestClock()], redisUrl: redis.url })
    owner = await node(0).register()
    roomId = await node(0).room(owner)
  }, 30_000)
  afterAll(async () => {
    await deployment.stop()
    await redis.kill()
  })

  function node(index: number): TestServer {
    const found = deployment.nodes[index]
    if (!found) throw new Error('No node')
    return found
  }

  async function expectWorks(socket: RawSocket): Promise<void> {
    const id = crypto.randomUUID()
    socket.command(id, 'on')
    await socket.next('event', ({ ref }) => ref === id)
  }

  const isReady = async (index: number) => (await node(index).call('GET', '/readyz')).status === 200
  it('turns newcomers away with 4503 and a line in the log, while rooms go on; on its return presence is claimed again', async () => {
    const [inside, late] = [await node(0).guest(roomId), await node(0).guest(roomId)]
    const socket = await node(0).join(roomId, inside.ticket)
    const gm = (await node(0).call('POST', '/api/session', { body: { name: 'Phandalin', gmName: 'Mira' } }))
      .json
    const seat = await openSocket(`${node(0).url}/ws?token=${gm.token}`, { origin: node(0).url })
    await seat.next('welcome')
    const logged = node(0).log.lines.length

    await redis.kill()
    await expectWorks(socket)
    const away = await node(0).enter(roomId, late.ticket)
    const { code, reason } = await away.ended(10_000)
    expect(code).toBe(4503)
    expect(reason.retryAfterMs).toBeGreaterThan(0)
    const refused = await node(0).call('POST', `/getTicket/${roomId}`, { headers: { tokenJwt: owner.token } })
    expect(refused).toMatchObject({ status: 503, json: { type: '/problems/unavailable' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await isReady(0)).toBe(false)
    expect((await node(0).call('GET', '/healthz')).status).toBe(200)
    const lines = node(0).log.lines.slice(logged).join('\n')
    expect(lines).toContain('Redis is not reachable')
    expect(lines).toContain('A socket was sent away')
    expect(lines).not.toContain('Cannot read properties')
    await expectWorks(socket)
    await expectRolls(seat)

    await redis.restart()
    await until(async () => (await isReady(0)) && (await isReady(1)), { ms: 10_000 })
    // The new Redis knows nothing: the node takes its rooms again, and with the next heartbeat its players.
    const askTicket = () => node(1).call('POST', `/getTicket/${gm.session.id}`, { token: gm.accessToken })
    await until(async () => (await askTicket()).json.url === socketUrl(gm.session.id), { ms: 10_000 })
    clock.advance(limits.presenceTtlMs + 1)
    await expectRolls(seat)
    const second = await node(1).enter(gm.session.id, (await askTicket()).json.ticket)
    expect(await second.closeCode()).toBe(4409)
    await expectRolls(seat)
    await expectWorks(socket)
    await Promise.all([seat.close(), socket.close()])
  }, 60_000)

  const socketUrl = (id: string) => `${node(0).url.replace('http', 'ws')}/enterRoom/${id}`

  async function expectRolls(seat: RawSocket): Promise<void> {
    const id = crypto.randomUUID()
    seat.command(id, { expression: '1d20', visibility: 'public' }, 'dice.roll')
    await seat.next('event', ({ ref }) => ref === id)
  }
}
