import { type Bench, onServer, Samples, toText, turns } from '../bench'
import type { MemoryResult, PeerName } from '../load/jobs'
import { runJob } from '../processes'
import type { Row } from '../rows'

const peers: readonly PeerName[] = ['innkeeper', 'colyseus', 'socket.io', 'bare']
const membersPerRoom = 100
/** These come and go before the empty server is measured, so that loaded code does not count as connections. */
const warmUpJoins = 500
const kilobyte = 1024

/** Resident memory per joined connection, after garbage collection. */
export async function memoryRows(bench: Bench): Promise<readonly Row[]> {
  const samples = new Samples()
  const { connections, isQuick } = bench.options
  const rooms = Math.ceil((connections + warmUpJoins) / membersPerRoom)
  for (let repetition = 0; repetition < (isQuick ? 1 : 2); repetition++) {
    for (const peer of turns(peers, repetition)) {
      const wanted = { rooms, membersPerRoom }
      await onServer(bench, { peer, label: `memory at ${toText(connections)}`, wanted }, async (server) => {
        const result = await runJob<MemoryResult>({
          kind: 'memory',
          peer,
          port: server.port,
          serverPid: server.pid,
          rooms: server.rooms,
          issuer: bench.identity.issuer,
          membersPerRoom,
          warmUpJoins,
          settleMs: isQuick ? 1_000 : 3_000,
        })
        const value = (result.fullBytes - result.emptyBytes) / result.connections / kilobyte
        samples.add(peer, { value })
        return `${value.toFixed(2)} KB per connection (${toText(result.connections)} in, empty ${toMiB(result.emptyBytes)}, full ${toMiB(result.fullBytes)})`
      })
    }
  }
  return [
    {
      id: 'memory',
      what: `server memory per joined connection at ${toText(connections)}`,
      unit: 'KB',
      samples: samples.all,
      targets: [{ kind: 'ceiling', atMost: 6 }],
    },
  ]
}

const toMiB = (bytes: number) => `${(bytes / kilobyte / kilobyte).toFixed(0)} MB`
