import { type Bench, onServer, Samples, toLoadText, toText, turns } from '../bench'
import type { PeerName, RequestsJob, RequestsResult, VerifyResult } from '../load/jobs'
import { runJob, type ServerProcess } from '../processes'
import type { Row } from '../rows'

const connections = 64
/** Asked in turn. */
const rooms = { rooms: 10, membersPerRoom: 100 }
/**
 * Nobody sits down here, and each reservation of Colyseus counts those that wait: with its 15 s it would measure
 * that. A tenth of a second leaves it as fast as it can be.
 */
const seatSeconds = 0.1
const peersOfSame: readonly PeerName[] = ['innkeeper', 'colyseus', 'bare', 'least']
const peersOfNew: readonly PeerName[] = ['innkeeper', 'least']
/** More tokens per second than any machine checks on one core; those that are left over are thrown away. */
const newTokensPerSecond = 20_000

/** Tickets per second: with one identity token again and again, and with a new one each time. */
export async function ticketRows(bench: Bench): Promise<readonly Row[]> {
  return [await sameTokenRow(bench), await newTokenRow(bench)]
}

async function sameTokenRow(bench: Bench): Promise<Row> {
  const samples = new Samples()
  const sizes = { answerBytes: 600 }
  for (let repetition = 0; repetition < bench.options.repetitions; repetition++) {
    for (const peer of turns(peersOfSame, repetition)) {
      const wanted = { ...rooms, isHttp: true, seatSeconds, answerBytes: sizes.answerBytes }
      await onServer(bench, { peer, label: 'getTicket, same token', wanted }, async (server) => {
        const result = await runJob<RequestsResult>(toJob(bench, 'same', { peer, server }))
        if (peer === 'innkeeper') sizes.answerBytes = result.answerBytes
        samples.add(peer, { value: result.requests / result.seconds, load: result })
        return describe(result)
      })
    }
  }
  return {
    id: 'tickets-same',
    what: '`getTicket`, the same identity token again',
    unit: '/s',
    samples: samples.all,
    targets: [
      { kind: 'ratio', against: 'bare', atLeast: 0.6, writtenAs: 'percent' },
      { kind: 'ratio', against: 'colyseus', atLeast: 8, writtenAs: 'times' },
    ],
  }
}

async function newTokenRow(bench: Bench): Promise<Row> {
  const samples = new Samples()
  for (let repetition = 0; repetition < bench.options.repetitions; repetition++) {
    const wanted = rooms
    for (const peer of turns(peersOfNew, repetition)) {
      await onServer(bench, { peer, label: 'getTicket, new tokens', wanted }, async (server) => {
        const result = await runJob<RequestsResult>(toJob(bench, 'new', { peer, server }))
        samples.add(peer, { value: result.requests / result.seconds, load: result })
        return describe(result)
      })
    }
    await verifyAlone(bench, samples)
  }
  return {
    id: 'tickets-new',
    what: '`getTicket`, a new identity token each time',
    unit: '/s',
    samples: samples.all,
    targets: [{ kind: 'ratio', against: 'es256', atLeast: 0.8, writtenAs: 'percent' }],
  }
}

async function verifyAlone(bench: Bench, samples: Samples): Promise<void> {
  const result = await runJob<VerifyResult>({
    kind: 'verify',
    issuer: bench.identity.issuer,
    measureMs: bench.options.measureMs / 2,
  })
  const { fastest, sync, web } = result
  samples.add('es256', { value: fastest.perSecond, load: fastest })
  const ways = `node:crypto ${toText(sync.perSecond)}/s, WebCrypto ${toText(web.perSecond)}/s`
  console.log(`${'ES256 verification alone'.padEnd(34)} ${'es256'.padEnd(10)} ${ways} ${toLoadText(fastest)}`)
}

interface OneServer {
  readonly peer: PeerName
  readonly server: ServerProcess
}

function toJob(bench: Bench, tokens: 'same' | 'new', { peer, server }: OneServer): RequestsJob {
  const { warmUpMs, measureMs } = bench.options
  return {
    kind: 'requests',
    peer,
    port: server.port,
    serverPid: server.pid,
    rooms: server.rooms,
    issuer: bench.identity.issuer,
    tokens,
    connections,
    warmUpMs,
    measureMs,
    tokenCount: Math.ceil(((warmUpMs + measureMs) / 1000) * newTokensPerSecond),
  }
}

function describe(result: RequestsResult): string {
  return `${toText(result.requests / result.seconds)}/s ${toLoadText(result)}, answers of ${result.answerBytes} B`
}
