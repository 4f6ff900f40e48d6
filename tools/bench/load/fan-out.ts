import { dialects } from './dialects'
import type { FanOutJob, FanOutResult, FanOutWindow } from './jobs'
import { eachAtOnce, openDoorway } from './join'
import { FanOut, FanOutRoom, Member } from './member'
import { pause, startStopwatch } from './stopwatch'
import { mintTokens } from './tokens'

const drainMs = 10_000

/** Fills the rooms, lets the senders keep so many messages in flight, and counts what arrives at all members. */
export async function fanOut(job: FanOutJob): Promise<FanOutResult> {
  const run = new FanOut({
    dialect: dialects[job.peer],
    sendersPerRoom: job.sendersPerRoom,
    maxInFlight: Math.max(...job.inFlight),
    isFlood: job.isFlood,
  })
  const members = await fillRooms(job, run)
  const windows: FanOutWindow[] = []
  for (const inFlight of job.inFlight) windows.push(await measure(job, inFlight, { run, members }))
  const checked = job.isFlood ? 0 : run.deliveries
  for (const member of members) member.link?.end()
  return { windows, frameBytes: run.frameBytes, checked }
}

interface Filled {
  readonly run: FanOut
  readonly members: readonly Member[]
}

async function fillRooms(job: FanOutJob, run: FanOut): Promise<readonly Member[]> {
  const seats = job.rooms.flatMap((roomId, roomIndex) => {
    const room = new FanOutRoom(roomIndex * job.sendersPerRoom)
    return Array.from({ length: job.membersPerRoom }, (_, index) => {
      const senderId = index < job.sendersPerRoom ? room.firstSenderId + index : -1
      return { roomId, member: new Member(run, room, senderId) }
    })
  })
  const tokens = job.peer === 'innkeeper' ? mintTokens(job.issuer, seats.length) : []
  const doorway = await openDoorway(run.dialect, job.port, 32)
  await eachAtOnce(seats, 32, async ({ roomId, member }) => {
    member.link = await doorway.join(roomId, { token: tokens.pop() ?? '' }, member)
  })
  doorway.end()
  return seats.map((seat) => seat.member)
}

async function measure(job: FanOutJob, inFlight: number, { run, members }: Filled): Promise<FanOutWindow> {
  run.isSending = true
  for (const member of members) member.send(inFlight)
  await pause(job.warmUpMs)
  const before = run.deliveries
  const stop = startStopwatch(job.serverPid)
  await pause(job.measureMs)
  const load = stop()
  const deliveries = run.deliveries - before
  run.isSending = false
  if (!job.isFlood) await drain(run, members)
  for (const member of members) member.forgetEchoes()
  return { ...load, inFlight, deliveries }
}

/** Waits until everybody has everything that was sent in their room; whatever is missing or too much is an error. */
async function drain(run: FanOut, members: readonly Member[]): Promise<void> {
  const givesUpAt = performance.now() + drainMs
  while (members.some((member) => !member.isComplete) && performance.now() < givesUpAt) await pause(20)
  await pause(50)
  const incomplete = members.filter((member) => !member.isComplete).length
  if (incomplete > 0) run.report(`${incomplete} of ${members.length} members did not get each message once`)
  if (run.problems.length > 0) throw new Error(run.problems.join('; '))
}
