import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import type { TestAccount } from '../support/front-desk'
import { canStartNodes, startTestNodes } from '../support/start-nodes'
import { startTestServer, type TestServer } from '../support/start-server'
import { createTestClock } from '../support/test-clock'

interface Ground {
  readonly desk: TestServer
  stop(): Promise<void>
}

suite('memory', async () => {
  const desk = await startTestServer()
  return { desk, stop: () => desk.stop() }
})
if (canStartNodes()) {
  suite('Redis', async () => {
    const deployment = await startTestNodes({ clocks: [createTestClock()] })
    const [desk] = deployment.nodes
    if (!desk) throw new Error('No node')
    return { desk, stop: () => deployment.stop() }
  })
} else it.skip('nicks of accounts on Redis: needs TEST_REDIS_URL and TEST_POSTGRES_URL', () => {})

/** What a reader takes for the same name. */
const lookAlikes = (nick: string): readonly string[] => [
  nick,
  nick.toUpperCase(),
  nick.replace('m', 'rn'),
  nick.replace('l', '1'),
  nick.replace('o', 'ο'), // A Greek omicron.
]

function suite(name: string, create: () => Promise<Ground>): void {
  describe(`the nick of an account, on ${name}`, () => {
    let ground: Ground
    let owner: TestAccount
    beforeAll(async () => {
      ground = await create()
      owner = await ground.desk.register()
    }, 30_000)
    afterAll(() => ground.stop())

    let count = 0
    /** Every account has its own: letters alone, so that a look-alike stays one. */
    const newNick = () => `Samlow${String.fromCharCode(97 + (count += 1))}`

    it('[SEC-147] is kept for it from its first entry: no guest is called that, or looks like it', async () => {
      const { desk } = ground
      const roomId = await desk.room(owner)
      const nick = newNick()
      const player = await desk.register(nick)
      const socket = await desk.join(roomId, await desk.ticket(roomId, player))
      for (const username of lookAlikes(nick)) {
        const asked = await desk.call('POST', `/getTicket/${roomId}`, { body: { username } })
        // A name of mixed scripts is refused before anyone is asked for it.
        if (asked.status === 400) expect(asked.json.type).toBe('/problems/name-refused')
        else {
          expect(asked.status).toBe(200)
          expect(asked.json.player.nick).not.toBe(username)
        }
      }
      // In another room it is nobody's.
      expect((await desk.guest(await desk.room(owner), nick)).player.nick).toBe(nick)
      await socket.close()
    })

    it('is its own, although a guest has asked for it before; the next guest gets another', async () => {
      const { desk } = ground
      const roomId = await desk.room(owner)
      const nick = newNick()
      const first = await desk.guest(roomId, nick)
      expect(first.player.nick).toBe(nick)
      const player = await desk.register(nick)
      const socket = await desk.enter(roomId, await desk.ticket(roomId, player))
      expect((await socket.next('welcome')).you).toMatchObject({ uuid: player.uuid, nick })
      expect((await desk.guest(roomId, nick)).player.nick).not.toBe(nick)
      // The guest of before renews their ticket, and wins nothing back by that.
      const guest = await desk.join(roomId, first.ticket)
      guest.send({ type: 'renew' })
      await guest.next('renewed')
      expect((await desk.guest(roomId, nick)).player.nick).not.toBe(nick)
      await Promise.all([socket.close(), guest.close()])
    })

    it('outlives the hold of that guest', async () => {
      const { desk } = ground
      const roomId = await desk.room(await desk.signIn(owner))
      const nick = newNick()
      await desk.guest(roomId, nick)
      desk.clock.advance(20 * 60_000)
      const player = await desk.register(nick)
      await (await desk.join(roomId, await desk.ticket(roomId, player))).close()
      desk.clock.advance(11 * 60_000)
      expect((await desk.guest(roomId, nick)).player.nick).not.toBe(nick)
    })

    it('stays its own for as long as it stays and renews its ticket', async () => {
      const { desk } = ground
      const roomId = await desk.room(await desk.signIn(owner))
      const nick = newNick()
      const player = await desk.register(nick)
      const socket = await desk.join(roomId, await desk.ticket(roomId, player))
      for (const minutes of [29, 29]) {
        desk.clock.advance(minutes * 60_000)
        expect((await desk.guest(roomId, nick)).player.nick).not.toBe(nick)
        socket.send({ type: 'renew', ticket: await desk.ticket(roomId, await desk.signIn(player)) })
        await socket.next('renewed')
      }
      await socket.close()
    })
  })
}
