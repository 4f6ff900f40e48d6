import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, freePortPair } from '../../tests/support/free-port'
import { until } from '../../tests/support/until'
import type { Start } from './background-program'
import { findProgram } from './programs'

const clusterNodes = 3

/**
 * Starts one Redis that keeps nothing on disk.
 *
 * @returns `redis://127.0.0.1:<port>`, or undefined when Redis is not installed
 */
export async function startRedis(folder: string, start: Start): Promise<string | undefined> {
  const node = redisNode(start)
  if (!node) return undefined
  const port = await freePort()
  await node(join(folder, 'redis'), port, [])
  return `redis://127.0.0.1:${port}`
}

/**
 * Starts a real Redis Cluster of three masters and waits until every node says that it is complete.
 *
 * @returns `host:port,host:port,host:port`, or undefined when Redis is not installed
 */
export async function startRedisCluster(folder: string, start: Start): Promise<string | undefined> {
  const node = redisNode(start)
  if (!node) return undefined
  const ports: number[] = []
  for (let index = 0; index < clusterNodes; index += 1) {
    const port = await freePortPair()
    const home = join(folder, `redis-cluster-${index}`)
    await node(home, port, ['--cluster-enabled', 'yes', '--cluster-node-timeout', '3000'])
    ports.push(port)
  }
  const addresses = ports.map((port) => `127.0.0.1:${port}`)
  const created = redisCli(['--cluster', 'create', ...addresses, '--cluster-replicas', '0', '--cluster-yes'])
  if (!created.includes('All 16384 slots covered'))
    throw new Error(`The cluster was not created:\n${created}`)
  await until(() => ports.every(isComplete), {
    ms: 20_000,
    everyMs: 50,
    message: 'cluster_state:ok on every node',
  })
  return addresses.join(',')
}

type StartNode = (home: string, port: number, more: readonly string[]) => Promise<void>

/** What starts one server and waits until it answers, or undefined where Redis is not installed. */
function redisNode(start: Start): StartNode | undefined {
  const server = findProgram('redis-server')
  if (!server || !findProgram('redis-cli')) return undefined
  return async (home, port, more) => {
    mkdirSync(home)
    const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', home]
    const program = start([server, ...place, '--save', '', '--appendonly', 'no', ...more], {
      logFile: `${home}.log`,
    })
    const answers = () => reply(port, 'PING') === 'PONG'
    await until(() => program.hasEnded() || answers(), {
      ms: 10_000,
      message: `Redis answers PING, ${home}.log`,
    })
    if (program.hasEnded()) throw new Error(`Redis ended:\n${program.lastLines()}`)
  }
}

function isComplete(port: number): boolean {
  const info = reply(port, 'CLUSTER', 'INFO')
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${clusterNodes}`)
}

function reply(port: number, ...command: readonly string[]): string {
  return redisCli(['-h', '127.0.0.1', '-p', String(port), ...command]).trim()
}

function redisCli(parameters: readonly string[]): string {
  const result = Bun.spawnSync([findProgram('redis-cli') ?? 'redis-cli', ...parameters], { timeout: 30_000 })
  return `${result.stdout.toString()}${result.stderr.toString()}`
}
