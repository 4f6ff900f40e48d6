import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port'
import { freshPostgresDatabase, redisKeyPrefix, testPostgresUrl, testRedisUrl } from './services'
import { startTestServer, type TestServer } from './start-server'
import { createTestClock, type TestClock } from './test-clock'

/** Several nodes of one deployment, in this process: one Redis, one PostgreSQL, one identity. */
export interface TestNodes {
  readonly nodes: readonly TestServer[]
  readonly prefix: string
  /** What a node of the same deployment in another process is started with. */
  readonly env: Readonly<Record<string, string>>
  /** Stops all nodes and starts them again, at the same addresses. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface NodesOptions {
  /** One per node. */
  readonly clocks: readonly TestClock[]
  /** Another Redis than the one that all suites share. */
  readonly redisUrl?: string
  readonly env?: Readonly<Record<string, string>>
}

/** @returns whether the services are there that several nodes need */
export function canStartNodes(): boolean {
  return testRedisUrl() !== undefined && testPostgresUrl() !== undefined
}

export async function startTestNodes(
  options: NodesOptions = { clocks: [createTestClock(), createTestClock(), createTestClock()] },
): Promise<TestNodes> {
  const database = await freshPostgresDatabase()
  const home = mkdtempSync(join(tmpdir(), 'innkeeper-nodes-'))
  const ports = await Promise.all(options.clocks.map(() => freePort()))
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  const prefix = redisKeyPrefix()
  const env = {
    REDIS_URL: options.redisUrl ?? testRedisUrl() ?? '',
    REDIS_PREFIX: prefix.slice(0, 40),
    DATABASE_URL: database.url,
    JWT_SECRET_KEY: randomBytes(32).toString('base64url'),
    PUBLIC_URL: urls[0] ?? '',
    ...options.env,
  }
  const start = async () => {
    const nodes: TestServer[] = []
    // One after the other: they share the folder of the signing keys, which the first one makes.
    for (const [index, port] of ports.entries()) {
      const own = { PORT: String(port), NODE_URL: urls[index] ?? '' }
      nodes.push(
        await startTestServer({
          ...clockOf(options, index),
          dataDir: join(home, 'data'),
          env: { ...env, ...own },
        }),
      )
    }
    return nodes
  }
  const stopAll = (nodes: readonly TestServer[]) => Promise.all(nodes.map((node) => node.stop()))
  let nodes = await start()
  return {
    get nodes() {
      return nodes
    },
    prefix: env.REDIS_PREFIX,
    env,
    async restart() {
      await stopAll(nodes)
      nodes = await start()
    },
    async stop() {
      await stopAll(nodes)
      await database.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function clockOf({ clocks }: NodesOptions, index: number): { readonly clock?: TestClock } {
  const clock = clocks[index]
  return clock === undefined ? {} : { clock }
}
