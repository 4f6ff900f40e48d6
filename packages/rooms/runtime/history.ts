import type { Recorded, RoomEvent } from '../room-type'

/** An event as it was kept: the text that was handed in. */
export interface KeptEvent {
  readonly seq: number
  readonly text: string
}

export interface HistoryLimits {
  readonly events: number
  /** Of all texts together, in UTF-8. */
  readonly bytes: number
}

const firstBytes = 16 * 1024
/** UTF-8 takes at most three bytes for one UTF-16 unit. */
const maxBytesPerChar = 3

/**
 * The latest events of a room, by `seq`: what a returning player missed, and which commands were applied.
 *
 * Texts lie one behind the other in one ring of bytes. A parsed payload could take twenty times the memory that was
 * sent, and a thousand living strings per room would keep the garbage collector busier than the game.
 */
export class History {
  readonly #offsets: Uint32Array
  readonly #lengths: Uint32Array
  readonly #commands: (string | undefined)[] = []
  readonly #seqByCommand = new Map<string, number>()
  /** What each command said, by the slot of its events. */
  readonly #fingerprints: (number | undefined)[] = []
  // A Buffer writes a text at an offset, where an encoder would want a view of the rest made for each.
  #bytes = Buffer.alloc(0)
  #head = 0
  #newest: number
  #count = 0

  /** @param startSeq  the `seq` before the first event to come */
  constructor(
    readonly limits: HistoryLimits,
    startSeq: number,
    readonly remembersCommands: boolean,
  ) {
    this.#offsets = new Uint32Array(limits.events)
    this.#lengths = new Uint32Array(limits.events)
    this.#newest = startSeq
  }

  /** @param fingerprint  of the command that the event is of, where that is known */
  push({ seq, by, ref }: Recorded<RoomEvent>, text: string, fingerprint?: number): void {
    if (this.#count === this.limits.events) this.#forgetOldest()
    const written = this.#write(text)
    this.#newest = seq
    if (written === undefined) return
    this.#count += 1
    const slot = this.#slot(seq)
    this.#offsets[slot] = this.#head
    this.#lengths[slot] = written
    this.#head += written
    if (!this.remembersCommands) return
    this.#remember(slot, seq, ref === undefined ? undefined : commandKey(by, ref))
    this.#fingerprints[slot] = fingerprint
  }

  /** @returns the events after `since` up to `until`, or undefined when some of them are no longer (or not yet) here */
  between(since: number, until: number): readonly KeptEvent[] | undefined {
    if (since > until || until > this.#newest || since < this.#newest - this.#count) return undefined
    return Array.from({ length: until - since }, (_, index) => this.#read(since + 1 + index))
  }

  /**
   * @param fingerprint  of the command that came now
   * @returns the events of a command that was applied already; `another` when that was not the same one
   */
  ofCommand(by: string, ref: string, fingerprint?: number): readonly KeptEvent[] | 'another' | undefined {
    const key = commandKey(by, ref)
    const first = this.#seqByCommand.get(key)
    if (first === undefined) return undefined
    // Events that were read back from a journal do not say what their command was.
    const known = this.#fingerprints[this.#slot(first)] ?? fingerprint
    if (known !== fingerprint) return 'another'
    const events: KeptEvent[] = []
    // The events of one command follow each other.
    for (let seq = first; seq <= this.#newest && this.#commands[this.#slot(seq)] === key; seq += 1) {
      events.push(this.#read(seq))
    }
    return events
  }

  #slot(seq: number): number {
    return seq % this.limits.events
  }

  #read(seq: number): KeptEvent {
    const start = this.#offsetOf(seq)
    return {
      seq,
      text: this.#bytes.toString('utf8', start, start + (this.#lengths[this.#slot(seq)] ?? 0)),
    }
  }

  #offsetOf(seq: number): number {
    return this.#offsets[this.#slot(seq)] ?? 0
  }

  #remember(slot: number, seq: number, key: string | undefined): void {
    this.#commands[slot] = key
    if (key !== undefined && !this.#seqByCommand.has(key)) this.#seqByCommand.set(key, seq)
  }

  /** @returns how many bytes stand at `#head` now; undefined when even an empty ring could not hold the text */
  #write(text: string): number | undefined {
    // Counted only where it could matter: almost always there is room for the most that it can be.
    if (this.#space() < text.length * maxBytesPerChar) {
      const needed = Buffer.byteLength(text)
      if (needed > this.limits.bytes) {
        while (this.#count > 0) this.#forgetOldest()
        return undefined
      }
      this.#makeRoom(needed)
    }
    return this.#bytes.write(text, this.#head)
  }

  /** Finds `needed` bytes in a row behind `#head`: by starting over, by growing, and last by forgetting. */
  #makeRoom(needed: number): void {
    while (this.#space() < needed) {
      if (this.#count === 0) this.#head = 0
      if (this.#count > 0 && this.#tail < this.#head && this.#tail >= needed) this.#head = 0
      else if (this.#bytes.length < this.limits.bytes) this.#grow(needed)
      else if (this.#count > 0) this.#forgetOldest()
    }
  }

  /** Where the oldest event begins. */
  get #tail(): number {
    return this.#offsetOf(this.#newest - this.#count + 1)
  }

  /** Bytes in a row behind `#head` that hold nothing. */
  #space(): number {
    const isWrapped = this.#count > 0 && this.#head <= this.#tail
    return (isWrapped ? this.#tail : this.#bytes.length) - this.#head
  }

  #grow(needed: number): void {
    const wanted = Math.max(firstBytes, 2 * (this.#bytes.length + needed))
    const bytes = Buffer.alloc(Math.min(this.limits.bytes, wanted))
    let head = 0
    for (let seq = this.#newest - this.#count + 1; seq <= this.#newest; seq += 1) {
      const slot = this.#slot(seq)
      const [start, length] = [this.#offsets[slot] ?? 0, this.#lengths[slot] ?? 0]
      bytes.set(this.#bytes.subarray(start, start + length), head)
      this.#offsets[slot] = head
      head += length
    }
    this.#bytes = bytes
    this.#head = head
  }

  #forgetOldest(): void {
    const seq = this.#newest - this.#count + 1
    this.#count -= 1
    if (!this.remembersCommands) return
    const key = this.#commands[this.#slot(seq)]
    this.#commands[this.#slot(seq)] = undefined
    // Later events of a long command must not take the entry of one that came after it with the same id.
    if (key !== undefined && this.#seqByCommand.get(key) === seq) this.#seqByCommand.delete(key)
  }
}

/** With its length in front, a uuid cannot run into the id behind it. */
function commandKey(by: string, ref: string): string {
  return `${by.length} ${by} ${ref}`
}
