import type { RoomId } from '@innkeeper/protocol/ids'
import type { Recorded, RoomEvent } from '../room-type'
import { FencedError } from './journal'

/** Events of one room that go to disk together or not at all. */
export interface Append {
  readonly roomId: RoomId
  readonly epoch: number
  readonly events: readonly Recorded<RoomEvent>[]
}

interface Waiting extends PromiseWithResolvers<void> {
  readonly append: Append
}

/** A database takes so many rows in one statement (SQLite: 32,766 parameters at 7 a row). */
const maxEventsPerCommit = 2_000

/** Collects appends while a commit runs, and writes them in the next: in order, each room's in its own order. */
export class GroupCommit {
  #waiting: Waiting[] = []
  #isRunning = false
  /** Rooms (with their epoch) of which a write failed: what comes after it would leave a hole in the history. */
  readonly #broken = new Set<string>()

  /** @param commit  writes a batch and returns those that were fenced off; it throws when nothing was written */
  constructor(readonly commit: (batch: readonly Append[]) => Promise<ReadonlySet<Append>>) {}

  /** @throws FencedError, or what `commit` threw */
  append(append: Append): Promise<void> {
    const waiting = { append, ...Promise.withResolvers<void>() }
    this.#waiting.push(waiting)
    if (!this.#isRunning) void this.#run()
    return waiting.promise
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    // Commands of the same tick share the first commit too.
    await Promise.resolve()
    while (this.#waiting.length > 0) await this.#commit(this.#take())
    this.#isRunning = false
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const whole = batch.filter(({ append }) => !this.#broken.has(generationOf(append)))
    for (const { append, reject } of batch) {
      if (this.#broken.has(generationOf(append))) reject(new FencedError(append.roomId))
    }
    if (whole.length === 0) return
    try {
      const fenced = await this.commit(whole.map(({ append }) => append))
      for (const { append, resolve, reject } of whole) {
        if (!fenced.has(append)) resolve()
        else this.#fail(append, reject, new FencedError(append.roomId))
      }
    } catch (error) {
      for (const { append, reject } of whole) this.#fail(append, reject, error)
    }
  }

  #fail(append: Append, reject: (reason: unknown) => void, error: unknown): void {
    this.#broken.add(generationOf(append))
    reject(error)
  }

  #take(): readonly Waiting[] {
    let events = 0
    const end = this.#waiting.findIndex(({ append }) => (events += append.events.length) > maxEventsPerCommit)
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : Math.max(1, end))
  }
}

function generationOf({ roomId, epoch }: Append): string {
  return `${roomId}@${epoch}`
}
