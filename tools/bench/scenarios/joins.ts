import { type Bench, onServer, Samples, toLoadText, toText, turns } from '../bench'
import type { JoinsResult, PeerName } from '../load/jobs'
import { runJob } from '../processes'
import type { Row } from '../rows'

const peers: readonly PeerName[] = ['innkeeper', 'colyseus']
const membersPerRoom = 10

/** Joins per second: a seat over HTTP, a new socket with it, and the first state. Everybody stays in. */
export async function joinRows(bench: Bench): Promise<readonly Row[]> {
  const samples = new Samples()
  const rooms = bench.options.isQuick ? 250 : 600
  for (let repetition = 0; repetition < bench.options.repetitions; repetition++) {
    for (const peer of turns(peers, repetition)) {
      const wanted = { rooms, membersPerRoom, roomType: 'lobby' } as const
      await onServer(bench, { peer, label: 'joins', wanted }, async (server) => {
        const result = await runJob<JoinsResult>({
          kind: 'joins',
          peer,
          port: server.port,
          serverPid: server.pid,
          rooms: server.rooms,
          issuer: bench.identity.issuer,
          membersPerRoom,
          atOnce: 32,
          warmUpJoins: bench.options.isQuick ? 1_000 : 2_000,
          measureMs: bench.options.measureMs,
        })
        samples.add(peer, { value: result.joins / result.seconds, load: result })
        return `${toText(result.joins / result.seconds)}/s ${toLoadText(result)}, ${toText(result.joins)} joined`
      })
    }
  }
  return [
    {
      id: 'joins',
      what: 'joins: ticket + connect + welcome',
      unit: '/s',
      samples: samples.all,
      targets: [{ kind: 'ratio', against: 'colyseus', atLeast: 6, writtenAs: 'times' }],
    },
  ]
}
