import type { Recorded, RoomEvent } from '../room-type'

/** The latest events of a room, by `seq`: what a returning player missed, and which commands were applied. */
export class History {
  readonly #events: (Recorded<RoomEvent> | undefined)[]
  readonly #seqByCommand = new Map<string, number>()
  #newest: number
  #count = 0

  /** @param startSeq  the `seq` before the first event to come */
  constructor(
    readonly capacity: number,
    startSeq: number,
    readonly remembersCommands: boolean,
  ) {
    this.#events = Array.from({ length: capacity })
    this.#newest = startSeq
  }

  push(event: Recorded<RoomEvent>): void {
    const slot = event.seq % this.capacity
    if (this.remembersCommands) this.#indexCommand(event, this.#events[slot])
    this.#events[slot] = event
    this.#newest = event.seq
    if (this.#count < this.capacity) this.#count += 1
  }

  /** @returns the events after `since` up to `until`, or undefined when some of them are no longer (or not yet) here */
  between(since: number, until: number): readonly Recorded<RoomEvent>[] | undefined {
    if (since > until || until > this.#newest || since < this.#newest - this.#count) return undefined
    const events: Recorded<RoomEvent>[] = []
    for (let seq = since + 1; seq <= until; seq += 1) {
      const event = this.#events[seq % this.capacity]
      if (event) events.push(event)
    }
    return events
  }

  /** @returns the events of a command that was applied already */
  ofCommand(by: string, ref: string): readonly Recorded<RoomEvent>[] | undefined {
    const first = this.#seqByCommand.get(commandKey(by, ref))
    if (first === undefined) return undefined
    const events: Recorded<RoomEvent>[] = []
    // The events of one command follow each other.
    for (let seq = first; seq <= this.#newest; seq += 1) {
      const event = this.#events[seq % this.capacity]
      if (event?.by !== by || event.ref !== ref) break
      events.push(event)
    }
    return events.length > 0 ? events : undefined
  }

  #indexCommand(event: Recorded<RoomEvent>, replaced: Recorded<RoomEvent> | undefined): void {
    if (replaced?.ref !== undefined) {
      const left = commandKey(replaced.by, replaced.ref)
      // Later events of a long command must not take the entry of one that came after it with the same id.
      if (this.#seqByCommand.get(left) === replaced.seq) this.#seqByCommand.delete(left)
    }
    if (event.ref === undefined) return
    const key = commandKey(event.by, event.ref)
    if (!this.#seqByCommand.has(key)) this.#seqByCommand.set(key, event.seq)
  }
}

/** A player's uuid holds no white space, so the two parts cannot run into each other. */
function commandKey(by: string, ref: string): string {
  return `${by} ${ref}`
}
