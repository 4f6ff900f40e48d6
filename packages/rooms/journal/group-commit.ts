import type { RoomId } from '@innkeeper/protocol/ids'
import { FencedError } from './journal'

/** Rows of one room that go to disk together or not at all. */
export interface Append<Row> {
  readonly roomId: RoomId
  readonly epoch: number
  readonly rows: readonly Row[]
}

interface Waiting<Row> {
  readonly append: Append<Row>
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/** Few enough to be written without making the next commit wait. One append alone may hold more. */
const maxRowsPerCommit = 2_000

/** Collects appends while a commit runs, and writes them in the next: in order, each room's in its own order. */
export class GroupCommit<Row> {
  #waiting: Waiting<Row>[] = []
  #isRunning = false
  /** The epoch in which a room's write failed: what comes after it would leave a hole in the history. */
  readonly #broken = new Map<RoomId, number>()

  /** @param commit  writes a batch and returns those that were fenced off; it throws when nothing was written */
  constructor(readonly commit: (batch: readonly Append<Row>[]) => Promise<ReadonlySet<Append<Row>>>) {}

  /** @throws FencedError, or what `commit` threw */
  append(append: Append<Row>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject })
      if (!this.#isRunning) void this.#run()
    })
  }

  /** Refuses all later appends of this epoch of the room: one was lost before it came here. */
  refuseFrom(roomId: RoomId, epoch: number): void {
    this.#broken.set(roomId, Math.max(epoch, this.#broken.get(roomId) ?? 0))
  }

  /** The room is gone; another of its id starts from nothing. */
  forget(roomId: RoomId): void {
    this.#broken.delete(roomId)
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    // Commands of the same tick share the first commit too.
    await Promise.resolve()
    while (this.#waiting.length > 0) await this.#commit(this.#take())
    this.#isRunning = false
  }

  async #commit(batch: readonly Waiting<Row>[]): Promise<void> {
    const whole = batch.filter(({ append }) => !this.#isBroken(append))
    for (const { append, reject } of batch) {
      if (this.#isBroken(append)) reject(new FencedError(append.roomId))
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

  #isBroken({ roomId, epoch }: Append<Row>): boolean {
    return epoch <= (this.#broken.get(roomId) ?? 0)
  }

  #fail({ roomId, epoch }: Append<Row>, reject: (reason: unknown) => void, error: unknown): void {
    this.refuseFrom(roomId, epoch)
    reject(error)
  }

  #take(): readonly Waiting<Row>[] {
    let rows = 0
    const end = this.#waiting.findIndex(({ append }) => (rows += append.rows.length) > maxRowsPerCommit)
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : Math.max(1, end))
  }
}
