import { counterDigits, MessageStrip, opcodes } from './frames'
import type { RollsJob, RollsResult, TableSeat } from './jobs'
import { Link, type Frame, type LinkListener } from './link'
import { pause, startStopwatch } from './stopwatch'

const drainMs = 10_000
const digit0 = 48

/** What all players of a run share. */
interface Run {
  /** Commands that their senders have seen acknowledged. */
  acknowledged: number
  /** From when a command was due to when its event came back, in milliseconds; kept while it is an array. */
  latenciesMs: number[] | undefined
  readonly problems: string[]
  readonly inFlight: number
  /**
   * Before the number of a command, and not a digit at its end. The server knows the commands of an earlier run, and
   * would not do them again.
   */
  readonly tag: string
}

/**
 * A seat with its socket: rolls, and takes the event with its own uuid and number as the acknowledgement. Every event
 * of the table is read; an acknowledgement that is missing, doubled or out of order is an error.
 */
class Roller implements LinkListener {
  link: Link | undefined
  isAnswering = false
  readonly #run: Run
  readonly #strip: MessageStrip
  /** Stands in an event of one's own, before the number of the command. */
  readonly #mark: Buffer
  readonly #dueAt: number[] = []
  #sent = 0
  #acknowledged = 0
  #echoes = 0

  constructor(run: Run, { uuid }: TableSeat) {
    this.#run = run
    this.#mark = Buffer.from(`"by":"${uuid}","ref":"${run.tag}`)
    this.#strip = new MessageStrip(opcodes.text, commandOf(run.tag), Math.max(8, run.inFlight))
  }

  get isComplete(): boolean {
    return this.#acknowledged === this.#sent
  }

  /** @param dueAt  when the command had to go, as `performance.now()` counts */
  roll(count: number, dueAt: number): void {
    this.link?.send(this.#strip.take(this.#sent, count))
    this.#sent += count
    for (let index = 0; index < count; index++) this.#dueAt.push(dueAt)
  }

  frame(_link: Link, { bytes, start, end }: Frame): void {
    const frame = bytes.subarray(start, end)
    const at = frame.indexOf(this.#mark)
    if (at >= 0) return this.#acknowledge(number(frame, at + this.#mark.length))
    if (frame.includes('"type":"reject"')) this.#report(`Refused: ${frame.toString('utf8', 0, 300)}`)
  }

  settled(): void {
    const echoes = this.#echoes
    this.#echoes = 0
    if (echoes > 0 && this.isAnswering) this.roll(echoes, performance.now())
  }

  closed(_link: Link, reason: string): void {
    this.#report(`A player was disconnected: ${reason}`)
  }

  #acknowledge(command: number): void {
    if (command !== this.#acknowledged)
      this.#report(`Expected command ${this.#acknowledged} to be acknowledged, and ${command} was`)
    this.#acknowledged++
    this.#echoes++
    this.#run.acknowledged++
    this.#run.latenciesMs?.push(performance.now() - (this.#dueAt.shift() ?? Number.NaN))
    if (!this.#run.latenciesMs) this.#dueAt.length = 0
  }

  #report(problem: string): void {
    if (this.#run.problems.length < 5) this.#run.problems.push(problem)
  }
}

function commandOf(tag: string): Buffer {
  const payload = '{"expression":"2d20kh1+5","visibility":"public"}'
  return Buffer.from(
    `{"type":"command","id":"${tag}${counterDigits}","name":"dice.roll","payload":${payload}}`,
  )
}

/** Lets everyone at their tables roll, as fast as answers come or at a pace of its own, and counts acknowledgements. */
export async function rolls(job: RollsJob): Promise<RollsResult> {
  const inFlight = job.pace.kind === 'closed' ? job.pace.inFlight : 1
  const run: Run = {
    acknowledged: 0,
    latenciesMs: undefined,
    problems: [],
    inFlight,
    tag: `${crypto.randomUUID()}c`,
  }
  const rollers = await sitDown(job, run)
  const stopSending = startSending(job, rollers)
  await pause(job.warmUpMs)
  const before = run.acknowledged
  run.latenciesMs = job.pace.kind === 'open' ? [] : undefined
  const stop = startStopwatch(job.serverPid)
  const isEnough = () => run.acknowledged >= (job.rollsAtLeast ?? 0)
  await pause(job.measureMs)
  while (!isEnough() && run.problems.length === 0) await pause(20)
  const load = stop()
  const acknowledged = run.acknowledged - before
  const latenciesMs = (run.latenciesMs ?? []).toSorted((a, b) => a - b)
  stopSending()
  await drain(run, rollers)
  for (const { link } of rollers) link?.end()
  return {
    ...load,
    rolls: acknowledged,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
  }
}

async function sitDown({ tables, port }: RollsJob, run: Run): Promise<readonly Roller[]> {
  // One seat of each table after the other, so that neighbours in the list are at different tables.
  const seats = Array.from({ length: Math.max(...tables.map((table) => table.length)) }, (_, seat) =>
    tables.flatMap((table) => table[seat] ?? []),
  ).flat()
  const rollers: Roller[] = []
  for (const seat of seats) {
    const roller = new Roller(run, seat)
    roller.link = await enter(port, seat, roller)
    rollers.push(roller)
  }
  return rollers
}

/** Opens the table's channel and waits for the welcome. */
function enter(port: number, { token }: TableSeat, listener: LinkListener): Promise<Link> {
  const request = [
    'GET /ws HTTP/1.1',
    'Host: 127.0.0.1',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==',
    `Authorization: Bearer ${token}`,
  ]
  return new Promise((resolve, reject) => {
    const entering: LinkListener = {
      frame(link) {
        link.listener = listener
        resolve(link)
      },
      closed: (_link, reason) => reject(new Error(`Not let in: ${reason}`)),
    }
    Link.open(port, Buffer.from(`${request.join('\r\n')}\r\n\r\n`), entering).catch(reject)
  })
}

/** @returns what ends it */
function startSending({ pace }: RollsJob, rollers: readonly Roller[]): () => void {
  if (pace.kind === 'closed') {
    for (const roller of rollers) {
      roller.isAnswering = true
      roller.roll(pace.inFlight, performance.now())
    }
    return () => {
      for (const roller of rollers) roller.isAnswering = false
    }
  }
  const startedAt = performance.now()
  let next = 0
  // What is due goes, however late the timer comes: the wait counts, as it would for a player.
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1_000) * pace.perSecond
    for (; next < due; next++)
      rollers[next % rollers.length]?.roll(1, startedAt + (next / pace.perSecond) * 1_000)
  }, 1)
  return () => clearInterval(timer)
}

async function drain(run: Run, rollers: readonly Roller[]): Promise<void> {
  const givesUpAt = performance.now() + drainMs
  while (rollers.some((roller) => !roller.isComplete) && performance.now() < givesUpAt) await pause(20)
  const incomplete = rollers.filter((roller) => !roller.isComplete).length
  if (incomplete > 0) run.problems.push(`${incomplete} players wait for an acknowledgement`)
  if (run.problems.length > 0) throw new Error(run.problems.join('; '))
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function number(bytes: Buffer, from: number): number {
  let value = 0
  for (let at = from; at < from + 8; at++) value = value * 10 + (bytes[at] ?? 0) - digit0
  return value
}
