import { dialects, type Player } from './dialects'
import type { JoinsJob, JoinsResult, MemoryJob, MemoryResult } from './jobs'
import { type Doorway, eachAtOnce, openDoorway } from './join'
import type { Link, LinkListener } from './link'
import { pause, residentBytes, startStopwatch } from './stopwatch'
import { mintTokens } from './tokens'

/** Stays in the room: answers pings, and otherwise lets everything pass. */
function bystander(peer: JoinsJob['peer'], problems: string[]): LinkListener {
  const dialect = dialects[peer]
  return {
    frame(link, frame) {
      dialect.other?.(link, frame)
    },
    closed(_link, reason) {
      problems.push(`A member was disconnected: ${reason}`)
    },
  }
}

interface Crowd {
  readonly seats: readonly { readonly room: string; readonly player: Player }[]
  readonly doorway: Doorway
  readonly links: Link[]
  readonly problems: string[]
  readonly listener: LinkListener
}

/** @param membersPerRoom  rooms fill up one after the other, as friends arrive together */
async function gather(job: JoinsJob | MemoryJob, atOnce: number): Promise<Crowd> {
  const players = createPlayers(job)
  const problems: string[] = []
  return {
    seats: job.rooms.flatMap((room) =>
      Array.from({ length: job.membersPerRoom }, () => ({ room, player: players.pop() ?? { guest: '' } })),
    ),
    doorway: await openDoorway(dialects[job.peer], job.port, atOnce),
    links: [],
    problems,
    listener: bystander(job.peer, problems),
  }
}

function createPlayers(job: JoinsJob | MemoryJob): Player[] {
  const count = job.rooms.length * job.membersPerRoom
  if (job.peer !== 'innkeeper' || (job.kind === 'joins' && job.who === 'guests')) {
    return Array.from({ length: count }, (_, index) => ({ guest: `Wren ${index}` }))
  }
  return mintTokens(job.issuer, count).map((token) => ({ token }))
}

function disperse(crowd: Crowd): void {
  for (const link of crowd.links) link.end()
  crowd.doorway.end()
  if (crowd.problems.length > 0) throw new Error(crowd.problems.slice(0, 5).join('; '))
}

/** Seat, socket and first state, again and again, until the time is over or everybody is in. They stay. */
export async function joins(job: JoinsJob): Promise<JoinsResult> {
  const crowd = await gather(job, job.atOnce)
  const join = async (seat: Crowd['seats'][number]) => {
    crowd.links.push(await crowd.doorway.join(seat.room, seat.player, crowd.listener))
  }
  await eachAtOnce(crowd.seats.slice(0, job.warmUpJoins), job.atOnce, join)
  const stop = startStopwatch(job.serverPid)
  const endsAt = performance.now() + job.measureMs
  await eachAtOnce(crowd.seats.slice(job.warmUpJoins), job.atOnce, async (seat) => {
    if (performance.now() < endsAt) await join(seat)
  })
  const load = stop()
  const counted = crowd.links.length - job.warmUpJoins
  disperse(crowd)
  return { ...load, joins: counted }
}

/** The server's resident memory with a few who came and went, and then with everybody in. */
export async function memory(job: MemoryJob): Promise<MemoryResult> {
  const settled = async () => {
    for (let round = 0; round < 3; round++) {
      process.kill(job.serverPid, 'SIGUSR2')
      await pause(job.settleMs / 3)
    }
    return residentBytes(job.serverPid)
  }
  const crowd = await gather(job, 64)
  const enter = async (seats: Crowd['seats']) => {
    await eachAtOnce(seats, 64, async (seat) => {
      crowd.links.push(await crowd.doorway.join(seat.room, seat.player, crowd.listener))
    })
  }
  await enter(crowd.seats.slice(0, job.warmUpJoins))
  for (const link of crowd.links.splice(0)) link.end()
  const emptyBytes = await settled()
  await enter(crowd.seats.slice(job.warmUpJoins))
  const connections = crowd.links.length
  const fullBytes = await settled()
  disperse(crowd)
  return { connections, emptyBytes, fullBytes }
}
