/**
 * What tests see of the real services that `npm test` and `npm run services` start. A suite that needs one asks for
 * it and skips itself when there is none, so that `bun test <file>` alone works too:
 *
 *     const url = testRedisUrl()
 *     if (url) presenceContract('redis', () => redisPresence(url, { prefix: redisKeyPrefix() }))
 *     else it.skip('presence on Redis: needs TEST_REDIS_URL', () => {})
 */
import { randomUUID } from 'node:crypto'
import { SQL } from 'bun'

export { freePort } from './free-port'
export { until, type UntilOptions } from './until'

/** The settings that `npm test` hands to the suites. */
export type ServiceSetting = 'TEST_POSTGRES_URL' | 'TEST_REDIS_URL' | 'TEST_REDIS_CLUSTER' | 'TEST_CHROMIUM'

/** One node of a Redis Cluster. */
export interface ClusterNode {
  readonly host: string
  readonly port: number
}

/** @returns `postgres://…` with the right to create databases, or undefined when no PostgreSQL is running */
export function testPostgresUrl(): string | undefined {
  return setting('TEST_POSTGRES_URL')
}

/** @returns `redis://…`, or undefined when no Redis is running. Shared by all suites: use `redisKeyPrefix` */
export function testRedisUrl(): string | undefined {
  return setting('TEST_REDIS_URL')
}

/** @returns the nodes of a real Redis Cluster, or undefined when none is running */
export function testRedisCluster(): readonly ClusterNode[] | undefined {
  return setting('TEST_REDIS_CLUSTER')
    ?.split(',')
    .map((node) => {
      const [host = '127.0.0.1', port = '6379'] = node.split(':')
      return { host, port: Number(port) }
    })
}

/** @returns the path of a Chromium that playwright-core can start, or undefined */
export function testChromium(): string | undefined {
  return setting('TEST_CHROMIUM')
}

/** A database of one suite alone. */
export interface FreshDatabase {
  readonly url: string
  /** Removes it, closing whatever connections are left. */
  drop(): Promise<void>
}

/**
 * Creates an empty PostgreSQL database, so that suites never see each other's rows.
 *
 * @throws Error when no PostgreSQL is running: ask `testPostgresUrl` first
 */
export async function freshPostgresDatabase(): Promise<FreshDatabase> {
  const server = testPostgresUrl()
  if (server === undefined)
    throw new Error('freshPostgresDatabase needs TEST_POSTGRES_URL (npm run services)')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runOnServer(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => runOnServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

/** @returns a prefix that no other suite uses, like `test:5f0c…:`. No braces, so that `{hash}` tags stay yours */
export function redisKeyPrefix(): string {
  return `test:${randomUUID()}:`
}

async function runOnServer(url: string, statement: string): Promise<void> {
  const sql = new SQL(url, { max: 1 })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

function setting(name: ServiceSetting): string | undefined {
  const value = process.env[name]
  return value === undefined || value === '' ? undefined : value
}
