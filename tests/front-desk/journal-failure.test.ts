import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { SQL } from 'bun'
import { join } from 'node:path'
import type { ServerFrame } from '@innkeeper/protocol/frames'
import { openSocket, type RawSocket } from '../support/raw-socket'
import { freshPostgresDatabase, testPostgresUrl, type FreshDatabase } from '../support/services'
import { startTestServer, type TestServer } from '../support/start-server'
import { until } from '../support/until'

interface Ground {
  readonly server: TestServer
  /** Runs a statement behind the server's back. */
  run(statement: string): Promise<unknown>
  stop(): Promise<void>
}

async function onSqlite(): Promise<Ground> {
  const server = await startTestServer()
  const file = new Database(join(server.dataDir, 'innkeeper.sqlite'))
  file.run('PRAGMA busy_timeout = 5000')
  const stop = async () => {
    file.close()
    await server.stop()
  }
  return { server, stop, run: (statement) => Promise.resolve(file.run(statement)) }
}

async function onPostgres(): Promise<Ground> {
  const database: FreshDatabase = await freshPostgresDatabase()
  const server = await startTestServer({ env: { DATABASE_URL: database.url } })
  const sql = new SQL(database.url, { max: 1 })
  const stop = async () => {
    await sql.end()
    await server.stop()
    await database.drop()
  }
  return { server, stop, run: (statement) => sql.unsafe(statement) }
}

suite('SQLite', onSqlite)
if (testPostgresUrl()) suite('PostgreSQL', onPostgres)
else it.skip('a journal that fails, on PostgreSQL: needs TEST_POSTGRES_URL', () => {})

function suite(name: string, create: () => Promise<Ground>): void {
  describe(`a journal that fails, on ${name}`, () => {
    let ground: Ground
    beforeAll(async () => {
      ground = await create()
    })
    afterAll(() => ground.stop())

    it('closes the sockets with 4504; the table opens anew with all that was acknowledged, and nothing else', async () => {
      const { server, run } = ground
      const table = await openTable(server)
      const [gm, player] = [await table.enter(table.gm), await table.enter(table.player)]
      for (const ref of ['a', 'b', 'c']) await expectRolls(gm, ref)
      const { seq } = await player.next('event', ({ ref }) => ref === 'c')
      const logged = server.log.lines.length
      await run('ALTER TABLE journal_event RENAME TO journal_event_away')
      try {
        for (const ref of ['lost 1', 'lost 2', 'lost 3']) roll(gm, ref)
        roll(player, 'lost 4')
        for (const socket of [gm, player]) {
          const { code, reason } = await socket.ended()
          expect({ code, type: reason.type }).toEqual({ code: 4504, type: 'recovering' })
          expect(reason.retryAfterMs).toBeGreaterThan(0)
          expect(refsOf(socket.received)).toEqual(['a', 'b', 'c'])
        }
        expect(linesSince(server, logged, 'could not keep')).toHaveLength(1)
        const body = { expression: '1d20', visibility: 'public' }
        const refused = await server.call('POST', '/api/dice/roll', { token: table.gm.accessToken, body })
        expect(refused.status).toBeGreaterThanOrEqual(500)
        // Nobody gets into a room whose history cannot be read, and nobody is told to stay away either.
        expect((await (await table.enter(table.player)).ended()).code).toBeGreaterThanOrEqual(4500)
      } finally {
        await run('ALTER TABLE journal_event_away RENAME TO journal_event')
      }
      const back = await table.enter(table.player, `&since=${seq - 1}`)
      expect(await back.next('welcome')).toMatchObject({ resumed: true, seq })
      expect((await back.next('event')).ref).toBe('c')
      expect((await expectRolls(back, 'd')).seq).toBe(seq + 1)
      expect(refsOf(back.received)).toEqual(['c', 'd'])
      await back.close()
    }, 15_000)

    it('of another opener (a fenced room) closes them with 4503, and lets nothing in that was decided here', async () => {
      const { server, run } = ground
      const table = await openTable(server)
      const gm = await table.enter(table.gm)
      const { seq } = await expectRolls(gm, 'a')
      const logged = server.log.lines.length
      await run(`UPDATE journal_room SET epoch = epoch + 1 WHERE room_id = '${table.id}'`)
      for (const ref of ['lost 1', 'lost 2']) roll(gm, ref)
      const { code, reason } = await gm.ended()
      expect({ code, type: reason.type }).toEqual({ code: 4503, type: 'moved' })
      expect(reason.retryAfterMs).toBeGreaterThan(0)
      expect(refsOf(gm.received)).toEqual(['a'])
      expect(linesSince(server, logged, 'Another node has opened this room')).toHaveLength(1)
      const back = await table.enter(table.gm, `&since=${seq}`)
      expect(await back.next('welcome')).toMatchObject({ resumed: true, seq })
      expect((await expectRolls(back, 'b')).seq).toBe(seq + 1)
      await back.close()
    })
  })
}

interface Seat {
  readonly session: { readonly id: string; readonly code: string }
  readonly accessToken: string
  readonly token: string
}

async function openTable(server: TestServer) {
  const post = async (path: string, body: object): Promise<Seat> =>
    (await server.call('POST', path, { body })).json
  const gm = await post('/api/session', { name: 'Phandalin', gmName: 'Mira' })
  const player = await post('/api/session/join', { code: gm.session.code, name: 'Wirt' })
  const enter = async ({ token }: Seat, query = '') => {
    const socket = await openSocket(`${server.url}/ws?token=${token}${query}`, { origin: server.url })
    await until(() => socket.received.length > 0 || socket.end !== undefined)
    return socket
  }
  return { gm, player, id: gm.session.id, enter }
}

function roll(socket: RawSocket, ref: string): void {
  socket.command(ref, { expression: '1d20', visibility: 'public' }, 'dice.roll')
}

async function expectRolls(socket: RawSocket, ref: string) {
  roll(socket, ref)
  return await socket.next('event', (event) => event.ref === ref)
}

function refsOf(frames: readonly ServerFrame[]): readonly (string | undefined)[] {
  return frames.flatMap((frame) => (frame.type === 'event' && frame.ref !== undefined ? [frame.ref] : []))
}

function linesSince(server: TestServer, from: number, text: string): readonly string[] {
  return server.log.lines.slice(from).filter((line) => line.includes(text))
}
