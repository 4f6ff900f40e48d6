import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { RedisClient } from 'bun'
import { limits } from '@innkeeper/protocol/limits'
import type { CallOptions, GuestTicket, TestAccount } from '../support/front-desk'
import { opcodes } from '../support/raw-frames'
import { openSocket, type RawSocket } from '../support/raw-socket'
import { bun, spawnServer } from '../support/spawn-server'
import { canStartNodes, startTestNodes, type TestNodes } from '../support/start-nodes'
import type { TestServer } from '../support/start-server'
import { createTestClock } from '../support/test-clock'
import { until } from '../support/until'

const describeNodes = canStartNodes() ? describe : describe.skip

describeNodes('three nodes on one Redis', () => {
  // The third one's clock is wrong by more than a presence lives.
  const clocks = [createTestClock(), createTestClock(), createTestClock(limits.presenceTtlMs + 5_000)]
  let deployment: TestNodes
  let owner: TestAccount
  /** A room that the first node holds, so that the others have to lead sockets there. */
  let roomId: string

  beforeAll(async () => {
    const env = { SOCKETS_ENTERING_PER_IP: '100000', SOCKETS_PER_IP: '100000' }
    deployment = await startTestNodes({ clocks, env })
    owner = await node(0).register()
    roomId = await node(0).room(owner)
  }, 30_000)
  afterAll(() => deployment.stop())

  function node(index: number): TestServer {
    const found = deployment.nodes[index % deployment.nodes.length]
    if (!found) throw new Error('No node')
    return found
  }

  const guest = (room = roomId) => node(0).guest(room)
  const post = (index: number, path: string, options: CallOptions) => node(index).call('POST', path, options)

  async function expectWorks(socket: RawSocket): Promise<void> {
    const id = crypto.randomUUID()
    socket.command(id, 'on')
    await socket.next('event', ({ ref }) => ref === id)
  }

  async function tookMs(act: () => Promise<unknown>): Promise<number> {
    const since = performance.now()
    await act()
    return performance.now() - since
  }

  describe('one player', () => {
    it('[SEC-116] 50 sockets at once on all nodes, 20 rounds: exactly one gets in each time', async () => {
      for (let round = 0; round < 20; round += 1) {
        const { ticket } = await guest()
        const sockets = await Promise.all(
          Array.from({ length: 50 }, (_, index) => node(index).enter(roomId, ticket)),
        )
        const isSettled = ({ end, received }: RawSocket) => end !== undefined || received.length > 0
        await until(() => sockets.every(isSettled), { ms: 10_000 })
        const inside = sockets.filter(({ end }) => end === undefined)
        expect([round, inside.length]).toEqual([round, 1])
        expect(new Set(sockets.flatMap(({ end }) => end?.code ?? []))).toEqual(new Set([4409]))
        for (const socket of inside) socket.drop()
      }
    }, 40_000)

    it('[SEC-117] is refused on another node with 4409 while the first lives, and takes over if they say so', async () => {
      const { ticket } = await guest()
      const first = await node(0).join(roomId, ticket)
      const refused = await node(1).enter(roomId, ticket)
      const { code, reason } = await refused.ended()
      expect([code, reason]).toEqual([4409, expect.objectContaining({ roomId })])
      expect(first.received[0]).toMatchObject({ type: 'welcome', presentSince: reason['since'] })
      await expectWorks(first)
      const second = await node(1).join(roomId, ticket, { query: '?takeover=true' })
      expect(await first.ended()).toMatchObject({ code: 4410, reason: { type: 'replaced' } })
      await expectWorks(second)
      await second.close()
    })

    it('[SEC-125] is not lapsed for a node whose clock is ahead', async () => {
      const { ticket } = await guest()
      const first = await node(0).join(roomId, ticket)
      expect(await (await node(2).enter(roomId, ticket)).closeCode()).toBe(4409)
      const other = await node(2).room(owner)
      const player = await node(0).register()
      const socket = await node(0).join(roomId, await node(0).ticket(roomId, player))
      const answer = await node(2).call('POST', `/getTicket/${other}`, {
        headers: { tokenJwt: player.token },
      })
      expect(answer.json).toMatchObject({ type: '/problems/already-in-room', roomId })
      await Promise.all([first.close(), socket.close()])
    })

    it('[SEC-122] whose socket no longer answers is taken over from another node within two seconds', async () => {
      const { ticket } = await guest()
      const first = await node(0).join(roomId, ticket)
      first.pause()
      const ms = await tookMs(async () => (await node(1).join(roomId, ticket)).drop())
      expect(ms).toBeLessThan(2_000)
      first.drop()
    })

    it('[SEC-122] whose socket was led here by another node, and no longer answers there, is taken over as fast', async () => {
      const { ticket } = await guest()
      const first = await node(1).join(roomId, ticket)
      first.pause()
      const ms = await tookMs(async () => (await node(0).join(roomId, ticket)).drop())
      expect(ms).toBeLessThan(2_000)
      first.drop()
    })

    it('moves to a room on another node with ?move=true', async () => {
      const player = await node(1).register()
      const socket = await node(0).join(roomId, await node(0).ticket(roomId, player))
      const other = await node(1).room(owner)
      const moved = await node(1).call('POST', `/getTicket/${other}?move=true`, {
        headers: { tokenJwt: player.token },
      })
      expect(moved.status).toBe(200)
      expect(await socket.ended()).toMatchObject({ code: 4410, reason: { type: 'moved' } })
      await (await node(1).join(other, moved.json.ticket)).close()
    })
  })

  describe('a socket that reaches the wrong node', () => {
    it('is led to the right one: welcome, events, rejects and farewells pass', async () => {
      const [here, there] = [await guest(), await guest()]
      const near = await node(0).join(roomId, here.ticket)
      const far = await node(1).enter(roomId, there.ticket)
      const { you, players } = await far.next('welcome')
      expect(you).toMatchObject(there.player)
      expect(players.map(({ uuid }) => uuid)).toContain(here.player.uuid)
      far.command('from afar', { hello: 'olá · привет' })
      for (const socket of [near, far]) {
        expect(await socket.next('event')).toMatchObject({
          ref: 'from afar',
          by: there.player.uuid,
          payload: { hello: 'olá · привет' },
        })
      }
      near.command('from near', 2)
      expect((await far.next('event')).ref).toBe('from near')
      far.command('nonsense', 1, 'fly')
      expect((await far.next('reject')).id).toBe('nonsense')
      await far.close()
      await near.next('presence', ({ uuid, status }) => uuid === there.player.uuid && status === 'left')
      await near.close()
    })

    it('is told apart from a farewell when its line drops, and resumes where it was', async () => {
      const [here, there] = [await guest(), await guest()]
      const near = await node(0).join(roomId, here.ticket)
      const far = await node(1).enter(roomId, there.ticket)
      const { seq } = await far.next('welcome')
      far.drop()
      await near.next('presence', ({ uuid, status }) => uuid === there.player.uuid && status === 'away')
      near.command('missed', 'while away')
      await near.next('event')
      const back = await node(2).enter(roomId, there.ticket, { query: `?since=${seq}` })
      expect(await back.next('welcome')).toMatchObject({ resumed: true, seq: seq + 1 })
      expect(await back.next('event')).toMatchObject({ seq: seq + 1, payload: 'while away' })
      await Promise.all([near.close(), back.close()])
    })

    it('has the close codes of the right one', async () => {
      const join = async (index: number) => {
        const given = await guest()
        return { ...given, socket: await node(index).join(roomId, given.ticket) }
      }
      const [bad, binary, kicked] = [await join(1), await join(1), await join(2)]
      bad.socket.sendText('{not json')
      expect(await bad.socket.ended()).toMatchObject({
        code: 4400,
        reason: { type: '/problems/bad-request' },
      })
      binary.socket.frame(opcodes.binary, Buffer.from('x'))
      expect(await binary.socket.closeCode()).toBe(4400)
      expect(
        (await post(1, `/rooms/${roomId}/kick`, { token: owner.token, body: { uuid: kicked.player.uuid } }))
          .status,
      ).toBe(204)
      expect(await kicked.socket.ended()).toMatchObject({ code: 4403, reason: { type: 'kicked' } })
      expect(await (await node(1).enter(roomId, 'a.b.c')).closeCode()).toBe(4401)
      expect(await (await node(1).enter(crypto.randomUUID(), (await guest()).ticket)).closeCode()).toBe(4404)
    })

    it('may bring its ticket as the first frame', async () => {
      const url = `${node(1).url}/enterRoom/${roomId}`
      const socket = await openSocket(url, { protocols: ['innkeeper.v1'], origin: node(1).url })
      socket.send({ type: 'hello', ticket: (await guest()).ticket })
      socket.command('right behind', 1)
      await socket.next('welcome')
      expect((await socket.next('event')).ref).toBe('right behind')
      await socket.close()
    })

    it("finds the room's own address in its ticket", async () => {
      const { url } = await node(1).guest(roomId)
      expect(url).toBe(`${node(0).url.replace('http', 'ws')}/enterRoom/${roomId}`)
    })
  })

  describe('a table', () => {
    it('is served by REST and sockets of every node, and is one and the same', async () => {
      const gm = (await node(0).call('POST', '/api/session', { body: { name: 'Phandalin', gmName: 'Mira' } }))
        .json
      const player = (
        await node(1).call('POST', '/api/session/join', { body: { code: gm.session.code, name: 'Wirt' } })
      ).json
      const socket = await openSocket(`${node(2).url}/ws?token=${player.token}`, { origin: node(2).url })
      await socket.next('welcome')
      const roll = { expression: '2d20kh1+5', visibility: 'public' }
      expect((await post(1, '/api/dice/roll', { token: gm.accessToken, body: roll })).status).toBeLessThan(
        300,
      )
      expect((await socket.next('event', ({ name }) => name === 'dice.rolled')).by).toBe(gm.player.uuid)
      for (const index of [0, 1, 2]) {
        const view = await node(index).call('GET', '/api/session', { token: player.accessToken })
        expect(view).toMatchObject({
          status: 200,
          json: { session: { id: gm.session.id }, players: [{ uuid: player.player.uuid }] },
        })
        const refused = await post(index, '/api/dice/roll', {
          token: player.accessToken,
          body: { ...roll, expression: '1d' },
        })
        expect(refused.status).toBe(400)
      }
      await socket.close()
    })
  })

  describe('what ends a socket on another node', () => {
    it('a kick and a ban, within a second', async () => {
      for (const [tool, reason] of [
        ['kick', 'kicked'],
        ['ban', 'banned'],
      ] as const) {
        const { ticket, player } = await guest()
        const socket = await node(0).join(roomId, ticket)
        const ms = await tookMs(async () => {
          expect(
            (await post(2, `/rooms/${roomId}/${tool}`, { token: owner.token, body: { uuid: player.uuid } }))
              .status,
          ).toBe(204)
          expect(await socket.ended()).toMatchObject({ code: 4403, reason: { type: reason } })
        })
        expect(ms).toBeLessThan(1_000)
        for (const index of [0, 1, 2])
          expect(await (await node(index).enter(roomId, ticket)).closeCode()).toBe(4403)
      }
    })

    it('[SEC-101] a ban that comes while the player is on the way in', async () => {
      const room = await node(0).room(owner)
      for (let round = 0; round < 25; round += 1) {
        const { ticket, player } = await guest(room)
        const entering = node(round % 2).enter(room, ticket)
        await Bun.sleep(round % 5)
        expect(
          (await post(1, `/rooms/${room}/ban`, { token: owner.token, body: { uuid: player.uuid } })).status,
        ).toBe(204)
        expect(await (await entering).closeCode(1_000)).toBe(4403)
      }
    }, 30_000)

    it('[SEC-104] the end of the sign-in, within two seconds', async () => {
      const player = await node(1).register()
      const ticket = await node(1).ticket(roomId, player)
      const socket = await node(0).join(roomId, ticket)
      const ms = await tookMs(async () => {
        expect((await node(2).call('POST', '/auth/logout', { token: player.token })).status).toBe(204)
        expect(await socket.ended()).toMatchObject({
          code: 4403,
          reason: { type: '/problems/session-revoked' },
        })
      })
      expect(ms).toBeLessThan(2_000)
      for (const index of [0, 1, 2]) {
        expect(
          (await node(index).call('POST', `/getTicket/${roomId}`, { headers: { tokenJwt: player.token } }))
            .status,
        ).toBe(401)
        expect(await (await node(index).enter(roomId, ticket)).closeCode()).toBe(4403)
      }
    })

    it('a new key, which every node knows at once', async () => {
      const room = await node(0).room(owner)
      const { ticket } = await guest(room)
      expect((await post(2, `/rooms/${room}/rotate-key`, { token: owner.token, body: {} })).status).toBe(204)
      for (const index of [0, 1, 2])
        expect(await (await node(index).enter(room, ticket)).closeCode()).toBe(4401)
      for (const index of [0, 1, 2])
        await (await node(index).join(room, (await node(index).guest(room)).ticket)).close()
    })

    it('the end of the room', async () => {
      const room = await node(0).room(owner)
      const sockets = [
        await node(0).join(room, (await guest(room)).ticket),
        await node(1).join(room, (await guest(room)).ticket),
      ]
      expect((await node(2).call('DELETE', `/rooms/${room}`, { token: owner.token })).status).toBe(204)
      for (const socket of sockets) expect(await socket.closeCode()).toBe(4404)
      for (const index of [0, 1, 2])
        expect((await node(index).call('GET', `/rooms/${room}`)).status).toBe(404)
    })
  })

  describe('a storm', () => {
    it('[SEC-126] 150 players come back at once on any node: each gets in, once', async () => {
      const room = await node(0).room(owner, { maxPlayers: 1_000 })
      const tickets: GuestTicket[] = await Promise.all(Array.from({ length: 150 }, () => guest(room)))
      const first = await Promise.all(tickets.map(({ ticket }, index) => node(index).join(room, ticket)))
      for (const socket of first) socket.drop()
      const back = await Promise.all(
        tickets.map(({ ticket }, index) => node(index + 1).enter(room, ticket, { query: '?since=0' })),
      )
      const welcomes = await Promise.all(back.map((socket) => socket.next('welcome', () => true, 10_000)))
      expect(welcomes.every(({ resumed }) => resumed)).toBe(true)
      const witness = await node(0).enter(room, (await guest(room)).ticket)
      const { players } = await witness.next('welcome')
      expect(new Set(players.map(({ uuid }) => uuid)).size).toBe(players.length)
      expect(players.length).toBe(tickets.length + 1)
      for (const socket of [...back, witness]) socket.drop()
    }, 40_000)
  })

  describe('a node that dies', () => {
    it('[SEC-120] keeps nobody out: its players come back elsewhere, and its table has lost nothing', async () => {
      const env = { ...deployment.env, NODE_URL: '' }
      const dying = await spawnServer({
        command: [bun, 'apps/game-server/main.ts'],
        env: { ...env, DATA_DIR: '/tmp' },
      })
      const gm = (await dying.call('POST', '/api/session', { body: { name: 'Phandalin', gmName: 'Mira' } }))
        .json
      const socket = await openSocket(`${dying.url}/ws`, {
        headers: { authorization: `Bearer ${gm.token}` },
      })
      const { seq } = await socket.next('welcome')
      const roll = { expression: '1d20', visibility: 'public' }
      for (let count = 0; count < 5; count += 1) {
        expect(
          (await dying.call('POST', '/api/dice/roll', { token: gm.accessToken, body: roll })).status,
        ).toBeLessThan(300)
      }
      dying.signal('SIGKILL')
      await dying.exited
      const ms = await tookMs(async () => {
        const back = await until(
          async () => {
            const again = await openSocket(`${node(1).url}/ws?token=${gm.token}&since=${seq}`, {
              origin: node(1).url,
            })
            const welcome = await again.next('welcome')
            expect(welcome).toMatchObject({ resumed: true, seq: seq + 5 })
            return again
          },
          { ms: 10_000, everyMs: 100 },
        )
        await back.next('event', (event) => event.seq === seq + 5)
        await back.close()
      })
      // Three seconds until the node counts as dead, one and a half until its player does.
      expect(ms).toBeLessThan(6_000)
    }, 40_000)
  })

  describe('a node that slept', () => {
    it('[SEC-119] [SEC-121] looks who holds its players before it does anything for them', async () => {
      const room = await node(0).room(owner)
      const { ticket, player } = await guest(room)
      const socket = await node(0).join(room, ticket)
      await replaceSilently(player.uuid)
      // So long that the ticket nears its end: that the owner says so shows that it is awake and has looked around.
      const sleepMs = 29 * 60_000
      try {
        clocks[0]?.advance(sleepMs)
        await socket.next('expiring')
        socket.command('late', 'from a player who is elsewhere')
        expect(await socket.ended()).toMatchObject({ code: 4410, reason: { type: 'replaced' } })
        expect(socket.received.filter(({ type }) => type === 'event')).toEqual([])
      } finally {
        clocks[0]?.advance(-sleepMs)
      }
    })

    /** A take-over whose message was lost: a newer claim in Redis, of which the owner has heard nothing. */
    async function replaceSilently(uuid: string): Promise<void> {
      const redis = new RedisClient(deployment.env['REDIS_URL'])
      const key = `${deployment.prefix}presence:${uuid}`
      const [, epoch, since, ...place] = String(await redis.get(key)).split('|')
      await redis.set(key, [crypto.randomUUID(), Number(epoch) + 1_000_000, since, ...place].join('|'))
      redis.close()
    }
  })

  // The last ones: they stop nodes.
  describe('a full restart', () => {
    it('[SEC-101] [SEC-104] forgets no ban, no kick and no sign-out, and gives every player back', async () => {
      const room = await node(0).room(owner)
      const [banned, kicked, gone] = [await node(0).register(), await guest(room), await node(0).register()]
      const stays = await guest(room)
      const socket = await node(0).join(room, stays.ticket)
      expect(
        (await post(0, `/rooms/${room}/ban`, { token: owner.token, body: { uuid: banned.uuid } })).status,
      ).toBe(204)
      expect(
        (await post(0, `/rooms/${room}/kick`, { token: owner.token, body: { uuid: kicked.player.uuid } }))
          .status,
      ).toBe(204)
      expect((await node(0).call('POST', '/auth/logout', { token: gone.token })).status).toBe(204)
      await deployment.restart()
      expect(await socket.closeCode()).toBe(4503)
      const ask2 = (token: string) =>
        node(1).call('POST', `/getTicket/${room}`, { headers: { tokenJwt: token } })
      expect((await ask2(banned.token)).json.type).toBe('/problems/banned')
      expect((await ask2(gone.token)).json.type).toBe('/problems/token-invalid')
      expect(await (await node(2).enter(room, kicked.ticket)).closeCode()).toBe(4403)
      const ms = await tookMs(async () => (await node(1).join(room, stays.ticket)).close())
      // Nobody had to be probed: the nodes gave their players' presence back when they went.
      expect(ms).toBeLessThan(limits.probeMs)
    }, 30_000)
  })

  describe('a node that drains', () => {
    it('closes its sockets with 4503, and they come back at once on another node', async () => {
      const room = await node(0).room(owner)
      const players = await Promise.all([0, 1, 2, 3].map(() => guest(room)))
      const sockets = await Promise.all(
        players.map(({ ticket }, index) => node(index % 2).join(room, ticket)),
      )
      const stopping = node(0).stop()
      for (const socket of sockets) {
        const { code, reason } = await socket.ended()
        expect(code).toBe(4503)
        expect(reason.retryAfterMs).toBeGreaterThan(0)
      }
      const ms = await tookMs(async () => {
        const back = await Promise.all(players.map(({ ticket }) => node(1).join(room, ticket)))
        for (const socket of back) await expectWorks(socket)
        for (const socket of back) socket.drop()
      })
      expect(ms).toBeLessThan(limits.probeMs)
      await stopping
    }, 30_000)
  })
})

if (!canStartNodes()) it.skip('several nodes: needs TEST_REDIS_URL and TEST_POSTGRES_URL', () => {})
