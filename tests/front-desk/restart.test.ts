import { describe, expect, it } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FrontDesk } from '../support/front-desk'
import { openSocket, type RawSocket } from '../support/raw-socket'
import { bun, descendantsOf, isRunning, launcher, spawnServer } from '../support/spawn-server'
import { startTestServer } from '../support/start-server'
import { until } from '../support/until'

/** A seat at a table, as POST /api/session gives it. */
interface Seat {
  readonly session: { readonly id: string; readonly code: string }
  readonly player: { readonly uuid: string }
  readonly accessToken: string
  readonly refreshToken: string
  readonly token: string
}

async function inFreshFolder<Result>(act: (dataDir: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-restart-'))
  try {
    return await act(join(folder, 'data'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function openTable(desk: FrontDesk): Promise<{ readonly gm: Seat; readonly player: Seat }> {
  const gm: Seat = (await desk.call('POST', '/api/session', { body: { name: 'Phandalin', gmName: 'Mira' } }))
    .json
  const player: Seat = (
    await desk.call('POST', '/api/session/join', { body: { code: gm.session.code, name: 'Wirt' } })
  ).json
  return { gm, player }
}

const channel = (desk: FrontDesk, { token }: Seat, query = '') =>
  openSocket(`${desk.url}/ws?token=${token}${query}`, { origin: desk.url })
const roll = (desk: FrontDesk, { accessToken }: Seat, expression: string) =>
  desk.call('POST', '/api/dice/roll', { token: accessToken, body: { expression, visibility: 'public' } })

const seqsOf = (socket: RawSocket) =>
  socket.received.flatMap((frame) => (frame.type === 'event' ? [frame.seq] : []))

describe('a restart', () => {
  it('keeps a table: the same channel token comes back to exactly what it has not seen', async () => {
    await inFreshFolder(async (dataDir) => {
      const server = await startTestServer({ dataDir })
      const { gm, player } = await openTable(server)
      const ticket = await server.ticket(gm.session.id, { token: gm.accessToken })
      const socket = await channel(server, player)
      const { seq: welcomed } = await socket.next('welcome')
      await roll(server, gm, '2d20kh1+5')
      const seen = await socket.next('event', ({ name }) => name === 'dice.rolled')
      expect(seen.seq).toBe(welcomed + 1)
      socket.drop()
      for (const expression of ['1d4', '1d6', '1d8'])
        expect((await roll(server, gm, expression)).status).toBeLessThan(300)
      const before = (await server.call('GET', '/api/session', { token: player.accessToken })).json
      await server.stop()

      const again = await startTestServer({ dataDir, env: { PORT: String(server.port) } })
      const back = await channel(again, player, `&since=${seen.seq}`)
      expect(await back.next('welcome')).toMatchObject({
        resumed: true,
        seq: seen.seq + 3,
        you: { uuid: player.player.uuid },
      })
      await back.next('event', ({ seq }) => seq === seen.seq + 3)
      expect(seqsOf(back)).toEqual([1, 2, 3].map((missed) => seen.seq + missed))
      const after = (await again.call('GET', '/api/session', { token: player.accessToken })).json
      expect({ ...after, players: [] }).toEqual({ ...before, players: [] })
      // Keys and secrets are kept too: what was issued before still opens what it opened.
      await (await again.join(gm.session.id, ticket)).close()
      expect(
        (await again.call('POST', '/api/session/auth/refresh', { token: player.refreshToken })).status,
      ).toBe(200)
      await back.close()
      await again.stop()
    })
  })

  it('[SEC-104] lets no token in that was revoked before it', async () => {
    await inFreshFolder(async (dataDir) => {
      const server = await startTestServer({ dataDir })
      const account = await server.register()
      const { gm } = await openTable(server)
      expect((await server.call('POST', '/auth/logout', { token: account.token })).status).toBe(204)
      await server.stop()
      const again = await startTestServer({ dataDir, env: { PORT: String(server.port) } })
      expect((await again.call('GET', '/auth/account', { token: account.token })).status).toBe(401)
      expect(
        (await again.call('POST', '/rooms', { token: account.token, body: { type: 'relay', name: 'x' } }))
          .status,
      ).toBe(401)
      expect((await again.call('GET', '/api/session', { token: gm.accessToken })).status).toBe(200)
      await again.stop()
    })
  })

  it('loses nothing acknowledged when the process is killed', async () => {
    await inFreshFolder(async (dataDir) => {
      const command = [bun, 'apps/game-server/main.ts']
      const server = await spawnServer({ command, env: { DATA_DIR: dataDir } })
      const { gm, player } = await openTable(server)
      const socket = await channel(server, player)
      const { seq } = await socket.next('welcome')
      const rolls = Array.from({ length: 20 }, () => roll(server, gm, '1d20'))
      expect((await Promise.all(rolls)).every(({ status }) => status < 300)).toBe(true)
      await socket.next('event', (event) => event.seq === seq + 20)
      server.signal('SIGKILL')
      await server.exited
      const again = await spawnServer({ command, env: { DATA_DIR: dataDir, PORT: String(server.port) } })
      const back = await channel(again, player, `&since=${seq}`)
      expect(await back.next('welcome')).toMatchObject({ resumed: true, seq: seq + 20 })
      await back.next('event', (event) => event.seq === seq + 20)
      expect(eventsOf(back)).toEqual(eventsOf(socket))
      again.signal('SIGTERM')
      expect(await again.exited).toBe(0)
    })
  }, 20_000)

  const eventsOf = (socket: RawSocket) => socket.received.filter(({ type }) => type === 'event')
})

describe('npm start', () => {
  it('on SIGTERM tells everyone when to come back, closes with 4503 and ends within five seconds', async () => {
    await inFreshFolder(async (dataDir) => {
      const server = await spawnServer({
        command: [...launcher, 'scripts/start.ts'],
        env: { DATA_DIR: dataDir },
      })
      const all = [server.pid, ...descendantsOf(server.pid)]
      expect(all.length).toBeGreaterThan(1)
      const { gm, player } = await openTable(server)
      const sockets = await Promise.all([gm, player].map((seat) => channel(server, seat)))
      await Promise.all(sockets.map((socket) => socket.next('welcome')))
      // One that has not said yet who it is.
      sockets.push(
        await openSocket(`${server.url}/enterRoom/${gm.session.id}`, {
          protocols: ['innkeeper.v1'],
          origin: server.url,
        }),
      )
      const since = performance.now()
      server.signal('SIGTERM')
      for (const socket of sockets) {
        expect((await socket.next('draining')).reconnectInMs).toBeGreaterThan(0)
        const { code, reason } = await socket.ended()
        expect(code).toBe(4503)
        expect(reason.retryAfterMs).toBeGreaterThan(0)
      }
      expect(await server.exited).toBe(0)
      expect(performance.now() - since).toBeLessThan(5_000)
      await until(() => !all.some(isRunning))
      expect(server.output()).toContain('Stopped')
    })
  }, 40_000)

  it('leaves no orphan when it is killed', async () => {
    await inFreshFolder(async (dataDir) => {
      const server = await spawnServer({
        command: [...launcher, 'scripts/start.ts'],
        env: { DATA_DIR: dataDir },
      })
      const all = [server.pid, ...descendantsOf(server.pid)]
      server.signal('SIGKILL')
      await server.exited
      await until(() => !all.some(isRunning), { ms: 5_000 })
    })
  }, 40_000)
})
