import { isRefusal } from '@innkeeper/rooms/room-type'
import { gm } from '@innkeeper/tabletop/table/testing/test-table'
import { tabletopRoom } from '@innkeeper/tabletop/table/tabletop-room'
import { type Job, parseJob, type RulesJob, type RulesResult } from '../load/jobs'
import { fightOfThirty, type Fight } from './fight-of-thirty'

/** Not a server: what the table's rules cost by themselves, on one core. */
const job = toRulesJob(parseJob(await Bun.stdin.text()))

function toRulesJob(any: Job): RulesJob {
  if (any.kind !== 'rules') throw new Error(`Expected a rules job, not ${any.kind}`)
  return any
}

/** Legal, and each the worst of its kind: many dice, many rerolls, deep, long, with much to say about each die. */
const hardDice = [
  '200d1000min999kl1',
  '100d6rr<6kh100',
  '199d6!+1d6',
  '12x{2d6!,2d8!,2d10!,2d12!}kh2',
  `12x{${'d1000min999+'.repeat(14)}d9,1}kl1`,
  `${'('.repeat(16)}180d20kh90min2${')'.repeat(16)}`,
  `{${Array.from({ length: 60 }, () => 'd9').join(',')}}kh30`,
  Array.from({ length: 28 }, (_, index) => `7d${index + 2}`).join('+'),
]

const fight = fightOfThirty()
const evolveMicros = timeEvolve(fight, job.measureMs)
const slowest = hardDice
  .map((text) => ({ text, ms: timeDice(fight, text, job.measureMs / hardDice.length) }))
  .reduce((worst, each) => (each.ms > worst.ms ? each : worst))
const result: RulesResult = { evolveMicros, diceMs: slowest.ms, slowestDice: slowest.text }
process.stdout.write(`${JSON.stringify(result)}\n`)

/** @returns microseconds per event, over and over from the same state: the median pass */
function timeEvolve({ state, next }: Fight, forMs: number): number {
  return (
    median(forMs, () => {
      let folded = state
      for (const event of next) folded = tabletopRoom.evolve(folded, event)
      if (folded.log.length === 0) throw new Error('Nothing happened')
    }) *
    (1_000 / next.length)
  )
}

/** @returns milliseconds from the payload of a command to the JSON of its event */
function timeDice({ state }: Fight, expression: string, forMs: number): number {
  const random = {
    bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
    uuid: () => crypto.randomUUID(),
    below: () => 0,
  }
  return median(forMs, () => {
    const parsed = tabletopRoom.parseCommand('dice.roll', { expression, visibility: 'public' })
    if (isRefusal(parsed)) throw new Error(`${expression}: ${parsed.detail}`)
    const decided = tabletopRoom.decide(state, gm, parsed.command, { now: 0, random })
    // Luck alone may roll more dice than are allowed; that takes as long.
    JSON.stringify(decided)
  })
}

/** Repeats `work` for a while. @returns milliseconds of the median run */
function median(forMs: number, work: () => void): number {
  const times: number[] = []
  const endsAt = performance.now() + forMs
  while (performance.now() < endsAt || times.length < 20) {
    const startedAt = performance.now()
    work()
    times.push(performance.now() - startedAt)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}
