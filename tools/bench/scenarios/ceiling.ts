import { type Bench, onServer, toLoadText, toText } from '../bench'
import type { FanOutResult, RequestsResult } from '../load/jobs'
import { runJob, type ServerProcess } from '../processes'

/** What the load generator itself can do, against a server that only writes prepared bytes. */
export interface Ceiling {
  readonly deliveriesPerSecond: number
  readonly requestsPerSecond: number
}

/** Measured in every run, so that a number near it is seen for what it is. */
export async function measureCeiling(bench: Bench): Promise<Ceiling> {
  const ceiling = { deliveriesPerSecond: Number.NaN, requestsPerSecond: Number.NaN }
  const wanted = { rooms: 2, membersPerRoom: 50, frameBytes: 226, answerBytes: 600 }
  const spans = { warmUpMs: 500, measureMs: 1_000 }
  const base = (server: ServerProcess) =>
    ({
      peer: 'raw',
      port: server.port,
      serverPid: server.pid,
      issuer: bench.identity.issuer,
      ...spans,
    }) as const

  await onServer(bench, { peer: 'raw', label: 'generator, reading', wanted }, async (server) => {
    const result = await runJob<FanOutResult>({
      ...base(server),
      kind: 'fan-out',
      rooms: server.rooms,
      membersPerRoom: wanted.membersPerRoom,
      sendersPerRoom: wanted.membersPerRoom,
      inFlight: [1],
      isFlood: true,
    })
    const [window] = result.windows
    if (!window) throw new Error('Nothing was measured')
    ceiling.deliveriesPerSecond = window.deliveries / window.seconds
    return `${toText(ceiling.deliveriesPerSecond)}/s ${toLoadText(window)}`
  })
  await onServer(bench, { peer: 'raw', label: 'generator, asking', wanted }, async (server) => {
    const result = await runJob<RequestsResult>({
      ...base(server),
      kind: 'requests',
      rooms: server.rooms,
      tokens: 'same',
      connections: 64,
      tokenCount: 1,
    })
    ceiling.requestsPerSecond = result.requests / result.seconds
    return `${toText(ceiling.requestsPerSecond)}/s ${toLoadText(result)}`
  })
  return ceiling
}
