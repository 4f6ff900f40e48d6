import type { EventFrame, RejectFrame } from '@innkeeper/protocol/frames'
import type { Problem } from '@innkeeper/protocol/problems'
import type { OutboxStorage, StoredCommand, WaitingCommand } from './outbox-storage'

/** The room said no to a command. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
  constructor(readonly problem: Problem) {
    super(problem.detail)
  }
}

/** A command can no longer be answered: the connection ended, or nobody can tell whether the command was applied. */
export class CommandLost extends Error {
  override readonly name: string = 'CommandLost'
}

/** `mostWaiting` commands wait already; this one was not taken in. */
export class QueueFull extends CommandLost {
  override readonly name = 'QueueFull'
}

/** Called off by `cancel` before it was sent. */
export class CommandCancelled extends CommandLost {
  override readonly name = 'CommandCancelled'
}

/** Left behind in storage: it goes out when the room is entered again. */
export class CommandKept extends CommandLost {
  override readonly name = 'CommandKept'
}

/** How many commands may wait: a person has no more on the way, and a loop gone wild must not fill memory. */
export const mostWaiting = 64

/** A stored command that is older than this is not sent any more: nobody expects last evening's roll today. */
export const longestStoredMs = 8 * 60 * 60 * 1000

/**
 * The server knows the ids of its latest 1,024 events, or of the latest MiB, and does such a command once. After so many
 * events without a word of a command, sending it again could do it twice; a quarter leaves room for large events.
 */
const safeEvents = 256

/** What an outbox tells its owner. */
export interface OutboxEvents {
  onWaiting?(waiting: readonly WaitingCommand[]): void
  /** A command from before a reload was refused: whoever gave it is gone, so the page says it. */
  onRefused?(command: WaitingCommand, problem: Problem): void
  /** Commands from before a reload that will never be answered. */
  onLost?(commands: readonly WaitingCommand[], why: string): void
}

/** Whoever waits for the answer. */
interface Giver {
  resolve(event: EventFrame): void
  reject(error: Error): void
}

interface Entry extends StoredCommand {
  /** Null for a command from before a reload. */
  readonly giver: Giver | null
}

/** Commands without an answer yet, in the order they were given. */
export class Outbox {
  readonly #entries = new Map<string, Entry>()
  readonly #events: OutboxEvents
  readonly #storage: OutboxStorage | null

  constructor(events: OutboxEvents = {}, storage: OutboxStorage | null = null) {
    this.#events = events
    this.#storage = storage
  }

  get waiting(): readonly WaitingCommand[] {
    return Array.from(this.#entries.values(), toWaiting)
  }

  /** Takes in what was waiting before a reload. */
  restore(nowMs: number): void {
    const stored = this.#storage?.load() ?? []
    if (stored.length === 0) return
    const isFresh = ({ sinceMs }: StoredCommand) => nowMs - sinceMs <= longestStoredMs
    for (const command of stored.filter(isFresh).slice(0, mostWaiting))
      this.#entries.set(command.id, { ...command, giver: null })
    const old = stored.filter((command) => !this.#entries.has(command.id))
    this.#changed()
    if (old.length > 0) this.#events.onLost?.(old.map(toWaiting), 'Too old to be sent')
  }

  /** @returns the acknowledging event; rejects with CommandRefused or CommandLost */
  add(command: Pick<StoredCommand, 'id' | 'name' | 'payload' | 'sinceMs'>): Promise<EventFrame> {
    if (this.#entries.size >= mostWaiting)
      return Promise.reject(new QueueFull(`${mostWaiting} commands are waiting`))
    return new Promise((resolve, reject) => {
      this.#entries.set(command.id, { ...command, sentAtSeq: null, giver: { resolve, reject } })
      this.#changed()
    })
  }

  has(id: string): boolean {
    return this.#entries.has(id)
  }

  /** What waits, in the order it was given. */
  ids(): readonly string[] {
    return [...this.#entries.keys()]
  }

  /**
   * The frame of a command that is about to go out at this `seq`. Kept as sent before it goes: a page that ends in
   * between must not take it for unsent. The server knows a command by its id and does it once.
   */
  toSend(id: string, seq: number): string | undefined {
    const entry = this.#entries.get(id)
    if (entry === undefined) return undefined
    if (entry.sentAtSeq === null) {
      this.#entries.set(id, { ...entry, sentAtSeq: seq })
      this.#changed()
    }
    return JSON.stringify({ type: 'command', id, name: entry.name, payload: entry.payload })
  }

  /**
   * After a welcome with a whole state: gives up on commands that the server may have done and forgotten since. A
   * resume brings every missed event and so every answer; there is nothing to give up then.
   */
  dropUncertain(seq: number): void {
    const isUncertain = ({ sentAtSeq }: Entry) => sentAtSeq !== null && seq - sentAtSeq > safeEvents
    this.#lose([...this.#entries.values()].filter(isUncertain), 'Nobody knows whether it was applied')
  }

  /** @returns whether the command was still here and unsent; its `send` rejects with CommandCancelled */
  cancel(id: string): boolean {
    const entry = this.#entries.get(id)
    if (entry?.sentAtSeq !== null) return false
    this.#take(id)
    entry.giver?.reject(new CommandCancelled('Called off'))
    return true
  }

  /** @param me  another player's command may carry the same id, so an event counts only when it is by `me` */
  acknowledge(event: EventFrame, me: string): void {
    if (event.ref === undefined || event.by !== me) return
    this.#take(event.ref)?.giver?.resolve(event)
  }

  refuse({ id, problem }: RejectFrame): void {
    const entry = this.#take(id)
    if (entry === undefined) return
    if (entry.giver === null) this.#events.onRefused?.(toWaiting(entry), problem)
    else entry.giver.reject(new CommandRefused(problem))
  }

  /** Gives up on everything that waits. */
  abandon(why: string): void {
    this.#lose([...this.#entries.values()], why)
  }

  /** The room is left for now: with storage, what waits goes on when it is entered again. */
  leaveBehind(): void {
    if (this.#storage === null) return this.abandon('The room was left')
    const entries = [...this.#entries.values()]
    this.#entries.clear()
    for (const { giver } of entries) giver?.reject(new CommandKept('The room was left'))
    this.#events.onWaiting?.([])
  }

  #lose(entries: readonly Entry[], why: string): void {
    if (entries.length === 0) return
    for (const { id, giver } of entries) {
      this.#entries.delete(id)
      giver?.reject(new CommandLost(why))
    }
    this.#changed()
    const orphans = entries.filter(({ giver }) => giver === null)
    if (orphans.length > 0) this.#events.onLost?.(orphans.map(toWaiting), why)
  }

  #take(id: string): Entry | undefined {
    const entry = this.#entries.get(id)
    if (entry === undefined) return undefined
    this.#entries.delete(id)
    this.#changed()
    return entry
  }

  #changed(): void {
    this.#storage?.save(Array.from(this.#entries.values(), toStored))
    this.#events.onWaiting?.(this.waiting)
  }
}

function toWaiting({ id, name, payload, sinceMs, sentAtSeq }: StoredCommand): WaitingCommand {
  return { id, name, payload, sinceMs, isSent: sentAtSeq !== null }
}

function toStored({ id, name, payload, sinceMs, sentAtSeq }: StoredCommand): StoredCommand {
  return { id, name, payload, sinceMs, sentAtSeq }
}
