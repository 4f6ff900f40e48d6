import { parseRoomId, type RoomId } from '@innkeeper/protocol/ids'
import type { FrontDesk } from '../support/front-desk'
import { bun, spawnServer, type SpawnedServer } from '../support/spawn-server'
import { until } from '../support/until'
import { freshDatabase, type ChaosDatabase, type DatabaseKind } from './chaos-database'
import { ChaosPlayer, type Acknowledged } from './chaos-player'
import { findFaults } from './find-faults'

/** What happened in one round. */
export interface RoundReport {
  readonly commands: number
  /** How many commands had been acknowledged when the server was killed, and how many more had been sent. */
  readonly acknowledged: number
  readonly underWay: number
  /** Of those under way: what the killed process had kept, so that repeating them must not apply them again. */
  readonly keptUnheard: number
  /** How many requests were sent once more at the end, from before the kill and after it. */
  readonly repeated: number
  /** From the kill until the last player was back, the start of the new process included. */
  readonly recoveredMs: number
  /** Empty when nothing was lost, doubled or shown wrongly. */
  readonly faults: readonly string[]
}

const players = 6
const commands = 1_000
/** Of each player, by socket and by request: the kill meets some of each. */
const atOnce = { socket: 6, rest: 2 }

/**
 * One table of six on a server of its own. They send 1,000 commands, by socket and by request; somewhere in the middle
 * the process is killed (SIGKILL) and another one started, and the players go on by themselves.
 */
export async function playRound(kind: DatabaseKind): Promise<RoundReport> {
  const database = await freshDatabase(kind)
  try {
    return await playOn(database)
  } finally {
    await database.remove()
  }
}

async function playOn(database: ChaosDatabase): Promise<RoundReport> {
  const doomed = await start(database)
  const { roomId, everyone } = await sitDown(doomed)
  const traffic = sendAll(everyone)
  const killAfter = Math.round(commands * (0.1 + 0.7 * Math.random()))
  await until(() => traffic.acknowledged.length >= killAfter, { ms: 60_000, everyMs: 1 })

  doomed.signal('SIGKILL')
  const [killedAt, heard, underWay] = [performance.now(), [...traffic.acknowledged], traffic.underWay()]
  await doomed.exited
  const keptByTheDead = await database.read(roomId)
  const server = await start(database, doomed.port)
  await until(() => everyone.every(isBack), { ms: 30_000 }).catch((error: unknown) => {
    const missing = everyone.filter((player) => !isBack(player)).map((player) => player.describe())
    throw new Error(`Not back: ${missing.join('; ')}`, { cause: error })
  })
  const recoveredMs = performance.now() - killedAt

  await traffic.done
  const repeated = (await Promise.all(everyone.map((player) => player.repeatAll()))).flat()
  const views = await viewsOf(everyone)
  for (const player of everyone) player.leave()
  server.signal('SIGTERM')
  await server.exited
  const acknowledged = [...traffic.acknowledged, ...repeated]
  const journal = await database.read(roomId)
  return {
    commands,
    acknowledged: heard.length,
    underWay,
    keptUnheard: keptByTheDead.filter(isUnheard(heard)).length,
    repeated: repeated.length,
    recoveredMs,
    faults: findFaults({ everyone, views, journal, keptByTheDead, acknowledged, commands }),
  }
}

async function start(database: ChaosDatabase, port?: number): Promise<SpawnedServer> {
  const limits = { SOCKET_MESSAGES_PER_SECOND: '100000', LOG_LEVEL: 'info' }
  const env = { ...database.env, ...limits, ...(port !== undefined && { PORT: String(port) }) }
  return await spawnServer({ command: [bun, 'apps/game-server/main.ts'], env })
}

/** Opens a table for a game master and five players, all with a live socket. */
async function sitDown(desk: FrontDesk): Promise<{ roomId: RoomId; everyone: readonly ChaosPlayer[] }> {
  const open = async (path: string, body: object) => {
    const { status, json, text } = await desk.call('POST', path, { body })
    if (status >= 300) throw new Error(`${path} answered ${status}: ${text}`)
    return json
  }
  const gm = await open('/api/session', { name: 'Phandalin', gmName: 'Mira' })
  const { id, code } = gm.session
  const grants = [gm]
  for (let seat = 1; seat < players; seat += 1)
    grants.push(await open('/api/session/join', { code, name: `Player ${seat}` }))
  const everyone = grants.map(
    ({ player, accessToken, token }) =>
      new ChaosPlayer(desk.url, { uuid: player.uuid, accessToken, channelToken: token }),
  )
  await Promise.all(everyone.map((player) => player.enter()))
  const roomId = parseRoomId(id)
  if (roomId === undefined) throw new Error('A table without an id')
  return { roomId, everyone }
}

interface Traffic {
  /** In the order in which they came in; it grows. */
  readonly acknowledged: readonly Acknowledged[]
  /** How many are sent and not acknowledged. */
  underWay(): number
  readonly done: Promise<unknown>
}

/**
 * Sends all commands, so many at once and no more. Each way of sending has its share: while sockets come back, requests
 * alone would else use up what a seat may ask for in a minute.
 */
function sendAll(everyone: readonly ChaosPlayer[]): Traffic {
  const acknowledged: Acknowledged[] = []
  let sent = 0
  const ways = everyone.flatMap((player) => [
    ...Array.from({ length: atOnce.socket }, () => () => player.rollBySocket()),
    ...Array.from({ length: atOnce.rest }, () => () => player.rollByRest()),
  ])
  const done = ways.map(async (send, way) => {
    for (let command = way; command < commands; command += ways.length) {
      sent += 1
      acknowledged.push(await send())
    }
  })
  return { acknowledged, underWay: () => sent - acknowledged.length, done: Promise.all(done) }
}

/** What the server shows everyone, once they have heard of all of it. */
async function viewsOf(everyone: readonly ChaosPlayer[]) {
  const views = new Map<ChaosPlayer, { readonly seq: number; readonly state: unknown }>()
  for (const player of everyone) views.set(player, await player.view())
  const hasHeardAll = (player: ChaosPlayer) => player.heard.at(-1)?.seq === views.get(player)?.seq
  await until(() => everyone.every(hasHeardAll))
  return views
}

function isBack({ isLive, resumes, welcomes }: ChaosPlayer): boolean {
  return isLive && resumes + welcomes > 1
}

function isUnheard(heard: readonly Acknowledged[]) {
  const known = new Set(heard.map(({ by, ref }) => `${by} ${ref}`))
  return ({ by, ref }: { readonly by: string; readonly ref?: string }) =>
    ref !== undefined && !known.has(`${by} ${ref}`)
}
