import os from 'node:os'
import type { Bench } from './bench'
import { findNode, installPeers, versionOf } from './install-peers'
import { serveIssuer } from './issuer'
import { type Options, parseOptions, type Part, usage } from './options'
import { cores, stopEverything } from './processes'
import { type Report, toMarkdown, writeJson, writePage } from './report'
import type { Row } from './rows'
import { measureCeiling } from './scenarios/ceiling'
import { durableRows } from './scenarios/durable'
import { fanOutRows } from './scenarios/fan-out'
import { joinRows } from './scenarios/joins'
import { memoryRows } from './scenarios/memory'
import { ticketRows } from './scenarios/tickets'

/** `npm run bench`: ours and the peers, beside each other in one run. docs/benchmarks.md says what is measured. */
const scenarios: Readonly<Record<Part, (bench: Bench) => Promise<readonly Row[]>>> = {
  fanout: fanOutRows,
  tickets: ticketRows,
  joins: joinRows,
  memory: memoryRows,
  durable: durableRows,
}

function describeMachine(): string {
  const [cpu] = os.cpus()
  const memory = Math.round(os.totalmem() / 1024 ** 3)
  const placing = cores.isPinned ? 'server and generator on a core each' : 'processes not pinned to cores'
  return `${os.cpus().length} cores (${cpu?.model.trim()}), ${memory} GB, ${os.type()} ${os.release().split('-')[0]}, ${placing}`
}

function describeVersions(): string {
  const packages = ['@colyseus/core', 'socket.io', 'hono'].map((name) => `${name} ${versionOf(name)}`)
  return [`Bun ${Bun.version}`, `Node ${findNode().version.slice(1)}`, ...packages].join(', ')
}

async function measure(options: Options): Promise<Report> {
  const identity = serveIssuer()
  const bench: Bench = { options, identity, failures: [] }
  try {
    const ceiling = await measureCeiling(bench)
    const rows: Row[] = []
    for (const part of options.parts) rows.push(...(await scenarios[part](bench)))
    return {
      measuredAt: new Date().toISOString().slice(0, 10),
      machine: describeMachine(),
      versions: describeVersions(),
      isQuick: options.isQuick,
      repetitions: options.repetitions,
      ceiling,
      rows,
      failures: bench.failures,
    }
  } finally {
    identity.stop()
  }
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2))
  if ('unknown' in options) {
    console.error(`Not understood: ${options.unknown}\n${usage}`)
    return 2
  }
  process.on('exit', stopEverything)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))
  await installPeers()
  const report = await measure(options)
  const markdown = toMarkdown(report)
  console.log(`\n${markdown}\n\nAs JSON: ${writeJson(report)}`)
  if (options.isWritten) writePage(markdown)
  return report.failures.length > 0 ? 1 : 0
}

process.exit(await main())
