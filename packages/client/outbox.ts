import type { EventFrame, RejectFrame } from '@innkeeper/protocol/frames'
import type { Problem } from '@innkeeper/protocol/problems'

/** The room said no to a command. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
  constructor(readonly problem: Problem) {
    super(problem.detail)
  }
}

/** A command can no longer be answered: the connection ended, or too many commands were waiting already. */
export class CommandLost extends Error {
  override readonly name = 'CommandLost'
}

interface Waiting {
  readonly text: string
  resolve(event: EventFrame): void
  reject(error: Error): void
}

// A person cannot have more on the way; a loop gone wild must not fill memory while the room is away.
const mostWaiting = 64

/** Commands without an answer yet, in the order they were given. */
export class Outbox {
  readonly #waiting = new Map<string, Waiting>()

  /** @returns the acknowledging event; rejects with CommandRefused or CommandLost */
  add(id: string, text: string): Promise<EventFrame> {
    if (this.#waiting.size >= mostWaiting)
      return Promise.reject(new CommandLost('Too many commands are waiting'))
    return new Promise((resolve, reject) => this.#waiting.set(id, { text, resolve, reject }))
  }

  has(id: string): boolean {
    return this.#waiting.has(id)
  }

  /** The frames to send again after a resume; the server knows a command by its id and does it once. */
  frames(): readonly (readonly [id: string, text: string])[] {
    return Array.from(this.#waiting, ([id, command]) => [id, command.text])
  }

  /** @param me  another player's command may carry the same id, so an event counts only when it is by `me` */
  acknowledge(event: EventFrame, me: string): void {
    if (event.ref === undefined || event.by !== me) return
    this.#take(event.ref)?.resolve(event)
  }

  refuse(frame: RejectFrame): void {
    this.#take(frame.id)?.reject(new CommandRefused(frame.problem))
  }

  /** Gives up on everything that waits. */
  abandon(why: string): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(new CommandLost(why))
  }

  #take(id: string): Waiting | undefined {
    const command = this.#waiting.get(id)
    this.#waiting.delete(id)
    return command
  }
}
