import { describe, expect, it } from 'bun:test'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canRunRedis, startOwnRedis, type OwnRedis } from '../support/own-redis'
import { openSocket } from '../support/raw-socket'
import { bun, spawnServer } from '../support/spawn-server'

if (canRunRedis()) describe('a node that is told to end while Redis is away', suite)
else it.skip('a node that is told to end while Redis is away: needs redis-server', () => {})

function suite(): void {
  it.each([
    ['was killed', (redis: OwnRedis) => redis.kill()],
    [
      'hangs',
      (redis: OwnRedis) => {
        redis.freeze()
      },
    ],
  ])(
    'sends everyone away with 4503 and ends with 0 within five seconds: one that %s',
    async (_what, lose) => {
      const redis = await startOwnRedis()
      const folder = mkdtempSync(join(tmpdir(), 'innkeeper-drain-'))
      const server = await spawnServer({
        command: [bun, 'apps/game-server/main.ts'],
        env: {
          DATA_DIR: folder,
          REDIS_URL: redis.url,
          JWT_SECRET_KEY: randomBytes(32).toString('base64url'),
        },
      })
      const post = async (path: string, body: object) => (await server.call('POST', path, { body })).json
      const gm = await post('/api/session', { name: 'Phandalin', gmName: 'Mira' })
      const player = await post('/api/session/join', { code: gm.session.code, name: 'Wirt' })
      const sockets = await Promise.all(
        [gm, player].map(({ token }) =>
          openSocket(`${server.url}/ws?token=${token}`, { origin: server.url }),
        ),
      )
      for (const socket of sockets) await socket.next('welcome')
      await lose(redis)
      const since = performance.now()
      server.signal('SIGTERM')
      for (const socket of sockets) {
        const { code, reason } = await socket.ended()
        expect(code).toBe(4503)
        expect(reason.retryAfterMs).toBeGreaterThan(0)
      }
      expect(await server.exited).toBe(0)
      expect(performance.now() - since).toBeLessThan(5_000)
      expect(server.output()).toContain('Stopped')
      redis.thaw()
      await redis.kill()
      rmSync(folder, { recursive: true })
    },
    30_000,
  )
}
