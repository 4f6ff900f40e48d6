import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { toPercent, toText } from './bench'
import { type Contender, reached, type Row, summarize, type Summary, type Target } from './rows'
import type { Ceiling } from './scenarios/ceiling'

const root = path.join(import.meta.dir, '..', '..')
const jsonPath = path.join(root, 'test-results', 'bench.json')
const pagePath = path.join(root, 'docs', 'benchmarks.md')
const markers = { begin: '<!-- bench:begin -->', end: '<!-- bench:end -->' }

/** Everything that a run found out. */
export interface Report {
  readonly measuredAt: string
  readonly machine: string
  readonly versions: string
  readonly isQuick: boolean
  readonly repetitions: number
  readonly ceiling: Ceiling
  readonly rows: readonly Row[]
  readonly failures: readonly string[]
}

const names: Readonly<Record<Contender, string>> = {
  innkeeper: 'Innkeeper',
  colyseus: 'Colyseus',
  'socket.io': 'Socket.IO',
  bare: 'bare',
  'bare-door': 'bare',
  least: 'least',
  raw: 'raw',
  es256: 'ES256 alone',
}

const head = [
  'what',
  'who',
  'median',
  'min to max',
  'CPU of server, generator, others',
  'ours to theirs',
  'the same per server CPU',
  'target',
  '',
]

/** @returns the report as Markdown, readable in a terminal too */
export function toMarkdown(report: Report): string {
  const lines = report.rows.flatMap(toLines)
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...lines.map((line) => line[column]?.length ?? 0)),
  )
  const toLine = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const { ceiling, measuredAt, machine, versions, repetitions, isQuick, failures } = report
  return [
    `Measured ${measuredAt} on ${machine}. ${versions}. Repetitions: ${repetitions}${isQuick ? ' (quick)' : ''}.`,
    `The generator alone reads ${toText(ceiling.deliveriesPerSecond)} deliveries/s and asks ${toText(ceiling.requestsPerSecond)} requests/s.`,
    '',
    toLine(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...lines.map(toLine),
    ...(failures.length > 0 ? ['', ...failures.map((failure) => `- not measured: ${failure}`)] : []),
  ].join('\n')
}

const order: readonly Contender[] = [
  'innkeeper',
  'colyseus',
  'socket.io',
  'bare',
  'bare-door',
  'least',
  'es256',
  'raw',
]

function toLines(row: Row): readonly (readonly string[])[] {
  const measured = order.flatMap((contender) => {
    const summary = summarize(row.samples.get(contender))
    return summary ? [{ contender, summary }] : []
  })
  return measured.map(({ contender, summary }, index) => {
    const target = row.targets.find((candidate) =>
      candidate.kind === 'ratio' ? candidate.against === contender : contender === 'innkeeper',
    )
    return [
      index === 0 ? row.what : '',
      names[contender],
      toValue(summary.median, row.unit),
      `${toValue(summary.min, row.unit)} to ${toValue(summary.max, row.unit)}`,
      toCpu(summary),
      ...toRatios(row, contender, target),
      target ? toTarget(target, row) : '',
      target ? verdict(row, target) : '',
    ]
  })
}

/** Ours to theirs: as measured, and as it would be if only the server's CPU time counted. */
function toRatios(row: Row, contender: Contender, target: Target | undefined): readonly [string, string] {
  const ours = summarize(row.samples.get('innkeeper'))
  const theirs = summarize(row.samples.get(contender))
  if (!ours || !theirs || contender === 'innkeeper' || row.unit !== '/s') return ['', '']
  const isShare = target?.kind === 'ratio' ? target.writtenAs === 'percent' : contender.startsWith('bare')
  const toRatio = (value: number) => (isShare ? toPercent(value) : `${value.toFixed(1)}x`)
  const perCpu = (ours.perServerCpu ?? Number.NaN) / (theirs.perServerCpu ?? Number.NaN)
  return [toRatio(ours.median / theirs.median), Number.isNaN(perCpu) ? '' : toRatio(perCpu)]
}

function toCpu({ serverCpu, generatorCpu, othersCpu }: Summary): string {
  const shares = [serverCpu, generatorCpu, othersCpu]
  return shares.flatMap((share) => (share === undefined ? [] : toPercent(share))).join(', ')
}

const toValue = (value: number, unit: Row['unit']) =>
  unit === '/s' ? toText(value) : `${value.toFixed(2)} ${unit}`

function toTarget(target: Target, { unit }: Row): string {
  if (target.kind === 'ceiling') return `at most ${target.atMost} ${unit}`
  if (target.kind === 'floor') return `at least ${toText(target.atLeast)}`
  return target.writtenAs === 'times' ? `${target.atLeast}x` : toPercent(target.atLeast)
}

function verdict(row: Row, target: Target): string {
  const result = reached(row, target)
  if (!result) return 'not measured'
  if (result.isDisturbed) return 'machine busy'
  return result.isMet ? 'reached' : 'missed'
}

/** Writes the report as JSON under test-results/. @returns its path */
export function writeJson(report: Report): string {
  mkdirSync(path.dirname(jsonPath), { recursive: true })
  const rows = report.rows.map((row) => ({
    ...row,
    samples: Object.fromEntries(row.samples),
    targets: row.targets.map((target) => ({ ...target, reached: reached(row, target) })),
  }))
  writeFileSync(jsonPath, `${JSON.stringify({ ...report, rows }, null, 2)}\n`)
  return path.relative(process.cwd(), jsonPath)
}

/** Puts the table between the markers of docs/benchmarks.md. */
export function writePage(markdown: string): void {
  const page = readFileSync(pagePath, 'utf8')
  const begin = page.indexOf(markers.begin)
  const end = page.indexOf(markers.end)
  if (begin < 0 || end < begin) throw new Error(`docs/benchmarks.md has no ${markers.begin} … ${markers.end}`)
  writeFileSync(
    pagePath,
    `${page.slice(0, begin + markers.begin.length)}\n\n${markdown}\n\n${page.slice(end)}`,
  )
}
