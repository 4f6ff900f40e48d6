import { type Bench, onServer, Samples, toLoadText, toText, turns } from '../bench'
import type { FanOutJob, FanOutResult, PeerName } from '../load/jobs'
import { runJob, type ServerProcess } from '../processes'
import type { Row, Target } from '../rows'

interface Shape {
  readonly id: string
  readonly what: string
  readonly rooms: number
  readonly members: number
  readonly senders: number
  /** By messages in flight: how many times the deliveries of Colyseus and Socket.IO. */
  readonly timesPeers: Readonly<Record<8 | 1, number>>
}

const shapes: readonly Shape[] = [
  {
    id: '10x100',
    what: '10 rooms x 100 members, 10 senders each',
    rooms: 10,
    members: 100,
    senders: 10,
    timesPeers: { 8: 20, 1: 10 },
  },
  {
    id: '100x6',
    what: '100 rooms x 6 members, all sending',
    rooms: 100,
    members: 6,
    senders: 6,
    timesPeers: { 8: 7, 1: 3.5 },
  },
]
const inFlight = [8, 1] as const
const peers: readonly PeerName[] = ['innkeeper', 'colyseus', 'socket.io', 'bare', 'least']

/** Deliveries per second of relayed 64-byte payloads. */
export async function fanOutRows(bench: Bench): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const shape of shapes) rows.push(...(await shapeRows(bench, shape)))
  return rows
}

async function shapeRows(bench: Bench, shape: Shape): Promise<readonly Row[]> {
  const samples = { 8: new Samples(), 1: new Samples() }
  // Ours is measured first; until then this is what its event frames are expected to take.
  const sizes = { frameBytes: 226 }
  for (let repetition = 0; repetition < bench.options.repetitions; repetition++) {
    for (const peer of turns(peers, repetition)) {
      const wanted = { rooms: shape.rooms, membersPerRoom: shape.members, frameBytes: sizes.frameBytes }
      await onServer(bench, { peer, label: `fan-out ${shape.id}`, wanted }, async (server) => {
        const result = await runJob<FanOutResult>(toJob(bench, shape, { peer, server }))
        if (peer === 'innkeeper') sizes.frameBytes = result.frameBytes
        for (const window of result.windows) {
          const perSecond = { value: window.deliveries / window.seconds, load: window }
          samples[window.inFlight === 8 ? 8 : 1].add(peer, perSecond)
        }
        return describe(result)
      })
    }
  }
  return inFlight.map((count) => ({
    id: `fan-out-${shape.id}-${count}`,
    what: `fan-out, ${shape.what}, ${count} in flight`,
    unit: '/s',
    samples: samples[count].all,
    targets: targetsOf(shape, count),
  }))
}

function targetsOf(shape: Shape, count: 8 | 1): readonly Target[] {
  const timesPeers = { kind: 'ratio', atLeast: shape.timesPeers[count], writtenAs: 'times' } as const
  const share: Target = { kind: 'ratio', against: 'bare', atLeast: 0.9, writtenAs: 'percent' }
  return [
    { ...timesPeers, against: 'colyseus' },
    { ...timesPeers, against: 'socket.io' },
    ...(count === 8 ? [share] : []),
  ]
}

interface OneServer {
  readonly peer: PeerName
  readonly server: ServerProcess
}

function toJob(bench: Bench, shape: Shape, { peer, server }: OneServer): FanOutJob {
  return {
    kind: 'fan-out',
    peer,
    port: server.port,
    serverPid: server.pid,
    rooms: server.rooms,
    issuer: bench.identity.issuer,
    membersPerRoom: shape.members,
    sendersPerRoom: shape.senders,
    warmUpMs: bench.options.warmUpMs,
    measureMs: bench.options.measureMs,
    inFlight,
    isFlood: false,
  }
}

function describe(result: FanOutResult): string {
  const windows = result.windows.map(
    (window) =>
      `${window.inFlight} in flight: ${toText(window.deliveries / window.seconds)}/s ${toLoadText(window)}`,
  )
  return `${windows.join(', ')}, frames of ${result.frameBytes} B, ${toText(result.checked)} checked`
}
