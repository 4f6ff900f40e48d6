import { limits } from '@innkeeper/protocol/limits'
import type { RoomId } from '@innkeeper/protocol/ids'
import type { Log } from '@innkeeper/protocol/tools'
import type { Directory } from '../directory/directory'
import type { Gateway } from '../gateway/gateway'
import type { RoomHost } from './room-host'

export interface UpkeepOptions {
  readonly gateway: Gateway
  readonly host: RoomHost
  readonly directory: Directory
  readonly log: Log
}

const sweepEveryMs = 250
const everySecondMs = 1_000
/** A node that is silent for four of these has lost its rooms. */
const leasesEveryMs = 500
/** Player counts are said again this often, so that a room in use is never forgotten. */
const countsAgainMs = 60 * 60 * 1_000

/** What has to happen by itself, each at its own pace. A failing turn is logged, and the next one comes. */
export function startUpkeep({ gateway, host, directory, log }: UpkeepOptions): { stop(): Promise<void> } {
  const said = new Map<RoomId, { players: number; at: number }>()
  const running = new Set<Promise<void>>()
  const repeat = (
    everyMs: number,
    what: string,
    turn: () => Promise<void>,
  ): ReturnType<typeof setInterval> => {
    let isBusy = false
    return setInterval(() => {
      // A turn that takes long (Redis is away) is not joined by a second one.
      if (isBusy) return
      isBusy = true
      const turned = turn()
        .catch((error: unknown) => log.warn({ error }, `${what} failed; trying again`))
        .finally(() => {
          isBusy = false
          running.delete(turned)
        })
      running.add(turned)
    }, everyMs)
  }
  const timers = [
    setInterval(() => gateway.sweep(), sweepEveryMs),
    repeat(limits.presenceHeartbeatMs, 'Saying who is here', () => gateway.heartbeat()),
    repeat(everySecondMs, 'Looking after rooms', () => host.tick()),
    repeat(leasesEveryMs, 'Keeping the leases', () => host.keepLeases()),
    repeat(everySecondMs, 'Counting players', () => sayCounts(host, directory, said)),
  ]
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running)
    },
  }
}

async function sayCounts(
  host: RoomHost,
  directory: Directory,
  said: Map<RoomId, { players: number; at: number }>,
): Promise<void> {
  const now = host.options.clock()
  const open = new Set<RoomId>()
  for (const { record, size } of host.rooms) {
    open.add(record.id)
    const last = said.get(record.id)
    if (last?.players === size && now - last.at < countsAgainMs) continue
    said.set(record.id, { players: size, at: now })
    await directory.setPlayers(record.id, size)
  }
  for (const id of said.keys()) if (!open.has(id)) said.delete(id)
}
