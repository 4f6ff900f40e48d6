import { type Bench, onServer, Samples, toLoadText, toText, turns } from '../bench'
import type { JoinsJob, JoinsResult } from '../load/jobs'
import { runJob } from '../processes'
import type { Row, Target } from '../rows'

const membersPerRoom = 10
const contenders = [
  { peer: 'innkeeper', who: 'guests' },
  { peer: 'innkeeper', who: 'accounts' },
  { peer: 'colyseus', who: 'guests' },
  { peer: 'bare-door', who: 'guests' },
] as const

/** Joins per second: a seat over HTTP, a new socket with it, and the first state. Everybody stays in. */
export async function joinRows(bench: Bench): Promise<readonly Row[]> {
  const samples = { guests: new Samples(), accounts: new Samples() }
  for (let repetition = 0; repetition < bench.options.repetitions; repetition++) {
    for (const { peer, who } of turns(contenders, repetition)) {
      const wanted = {
        rooms: bench.options.isQuick ? 250 : 1_200,
        membersPerRoom,
        roomType: 'lobby',
      } as const
      await onServer(bench, { peer, label: `joins, ${who}`, wanted }, async (server) => {
        const target = { peer, port: server.port, serverPid: server.pid, rooms: server.rooms }
        const result = await runJob<JoinsResult>({ ...toJob(bench), ...target, who })
        const sample = { value: result.joins / result.seconds, load: result }
        samples[who].add(peer, sample)
        // The others know no accounts, so that their joins stand beside both of ours.
        if (peer !== 'innkeeper') samples.accounts.add(peer, sample)
        return `${toText(sample.value)}/s ${toLoadText(result)}, ${toText(result.joins)} joined`
      })
    }
  }
  const targets: readonly Target[] = [{ kind: 'ratio', against: 'colyseus', atLeast: 6, writtenAs: 'times' }]
  const what = 'joins: ticket + connect + welcome'
  return [
    { id: 'joins-guests', what: `${what}, as guests`, unit: '/s', samples: samples.guests.all, targets },
    {
      id: 'joins-accounts',
      what: `${what}, each with a new identity token`,
      unit: '/s',
      samples: samples.accounts.all,
      targets,
    },
  ]
}

function toJob({
  options,
  identity,
}: Bench): Omit<JoinsJob, 'peer' | 'port' | 'serverPid' | 'rooms' | 'who'> {
  return {
    kind: 'joins',
    issuer: identity.issuer,
    membersPerRoom,
    atOnce: 64,
    warmUpJoins: options.isQuick ? 1_000 : 2_000,
    measureMs: options.measureMs,
  }
}
