import { isDeepStrictEqual } from 'node:util'
import type { Recorded, RoomEvent, RoomType } from '@innkeeper/rooms/room-type'
import { tabletopRoom } from '@innkeeper/tabletop/table/tabletop-room'
import type { Acknowledged, ChaosPlayer } from './chaos-player'

/** What is left when a round is over. */
export interface Aftermath {
  readonly commands: number
  readonly everyone: readonly ChaosPlayer[]
  /** Every acknowledgement, from before the kill and after it. */
  readonly acknowledged: readonly Acknowledged[]
  /** What the killed process had kept. */
  readonly keptByTheDead: readonly Recorded<RoomEvent>[]
  /** What is kept in the end. */
  readonly journal: readonly Recorded<RoomEvent>[]
  /** What the server shows each player in the end. */
  readonly views: ReadonlyMap<ChaosPlayer, { readonly seq: number; readonly state: unknown }>
}

const type = tabletopRoom as unknown as RoomType

/** @returns everything that is not as it has to be, in words; nothing when the server kept its promises */
export function findFaults(aftermath: Aftermath): readonly string[] {
  return [
    ...faultsOfJournal(aftermath),
    ...faultsOfAcknowledgements(aftermath),
    ...aftermath.everyone.flatMap((player) => faultsOfPlayer(player, aftermath)),
  ]
}

function faultsOfJournal({ journal, keptByTheDead, commands }: Aftermath): readonly string[] {
  const faults = journal.flatMap(({ seq }, index) =>
    seq === index + 1 ? [] : [`The journal has seq ${seq} in place ${index + 1}`],
  )
  const changed = keptByTheDead.find((event, index) => !isDeepStrictEqual(event, journal[index]))
  if (changed) faults.push(`Event ${changed.seq} was kept by the killed process and is another now`)
  const applied = new Map<string, number>()
  for (const { by, ref } of journal) {
    if (ref !== undefined) applied.set(`${by} ${ref}`, (applied.get(`${by} ${ref}`) ?? 0) + 1)
  }
  for (const [command, times] of applied) {
    if (times > 1) faults.push(`Command ${command} was applied ${times} times`)
  }
  if (applied.size !== commands) faults.push(`${applied.size} of ${commands} commands were applied`)
  return faults
}

function faultsOfAcknowledgements({ acknowledged, journal }: Aftermath): readonly string[] {
  return acknowledged.flatMap(({ seq, by, ref }) => {
    const event = journal[seq - 1]
    return event?.by === by && event.ref === ref
      ? []
      : [`${by} ${ref} was acknowledged as ${seq}, and is lost`]
  })
}

function faultsOfPlayer(player: ChaosPlayer, { journal, views }: Aftermath): readonly string[] {
  const faults: string[] = []
  const say = (fault: string) => faults.push(`${player.uuid} ${fault}`)
  if (player.welcomes !== 1) say(`was sent a whole view ${player.welcomes} times`)
  const first = player.heard[0]?.seq ?? 0
  for (const [index, frame] of player.heard.entries()) {
    const { seq } = frame
    if (seq !== first + index) say(`heard ${seq} where ${first + index} was next`)
    const event = journal[seq - 1]
    const shown = event && type.viewEvent(event, player.viewer)
    const expected = shown ? { type: 'event', ...shown } : { type: 'event', seq, name: 'hidden' }
    if (!event || !isDeepStrictEqual(frame, asJson(expected))) say(`heard something else than ${seq} is`)
  }
  const view = views.get(player)
  if (view?.seq !== journal.length) say(`was shown ${view?.seq}, and ${journal.length} is the last`)
  if (!isDeepStrictEqual(player.state, view?.state)) say('folded another state than the server shows')
  return faults
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
