import type { EventFrame, PlayerInfo } from '@innkeeper/protocol/frames'
import type { Socket, SocketEvents } from './effects'

/** What clients and server fold alike: an order or a content that differs shows in the end. */
export function fold(state: number, event: EventFrame): number {
  const text = JSON.stringify([event.seq, event.by, event.ref, event.name, event.payload])
  return [...text].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 16_777_619) >>> 0, state)
}

export const firstState = 2_166_136_261

/** What a test makes of a frame that is under way. */
export type Fate = 'once' | 'twice' | 'lost'

/** What the commands of the model do: `isSecret` shows the event to its sender alone. */
export interface ModelPayload {
  readonly number: number
  readonly isRefused: boolean
  readonly isSecret: boolean
}

/** A line between one client and the room; frames lie on it until a test says what becomes of them. */
class Line {
  readonly up: string[] = []
  readonly down: string[] = []
  isOpen = true

  constructor(
    readonly me: string,
    readonly events: SocketEvents,
    readonly presentSince: number,
  ) {}
}

/** A durable room in memory that keeps the contract, behind a network that keeps nothing. */
export class RoomModel {
  readonly journal: EventFrame[] = []
  readonly #lines = new Map<string, Line>()
  /** How many events a resume may bring; more means the whole state. */
  readonly #longestResume: number
  #entries = 0

  constructor(longestResume = 1_024) {
    this.#longestResume = longestResume
  }

  /** @returns the state as the room shows it to this player */
  view(me: string): number {
    return this.journal.filter((event) => isShown(event, me)).reduce(fold, firstState)
  }

  connect(me: string, url: string, events: SocketEvents): Socket {
    this.#lines.get(me)?.events.onClose(4410, '{"type":"replaced"}')
    this.#entries += 1
    const line = new Line(me, events, this.#entries)
    this.#lines.set(me, line)
    this.#welcome(line, new URL(url).searchParams.get('since'))
    return {
      send(text) {
        if (line.isOpen) line.up.push(text)
      },
      close: () => this.#end(line),
    }
  }

  /** Lets the frame at this place of the queue arrive, or not. @returns whether there was one */
  deliver(
    me: string,
    direction: 'up' | 'down',
    { place = 0, fate = 'once' }: { place?: number; fate?: Fate } = {},
  ): boolean {
    const line = this.#lines.get(me)
    const queue = line?.[direction] ?? []
    const at = queue.length === 0 ? -1 : place % queue.length
    const text = queue[at]
    if (line === undefined || text === undefined) return false
    if (fate !== 'twice') queue.splice(at, 1)
    if (fate === 'lost') return true
    if (direction === 'down') line.events.onText(text)
    else this.#receive(line, text)
    return true
  }

  /** The line breaks, with everything that was on it. */
  cut(me: string, code: number, reason = ''): void {
    const line = this.#lines.get(me)
    if (line === undefined) return
    this.#end(line)
    line.events.onClose(code, reason)
  }

  /** The server ends and starts again on its journal. */
  restart(): void {
    for (const me of [...this.#lines.keys()]) this.cut(me, 1006)
  }

  #end(line: Line): void {
    line.isOpen = false
    if (this.#lines.get(line.me) === line) this.#lines.delete(line.me)
  }

  #welcome(line: Line, since: string | null): void {
    const seq = this.journal.length
    const you: PlayerInfo = { uuid: line.me, nick: line.me, role: 'player' }
    const missed = since === null ? seq : seq - Number(since)
    const resumed = since !== null && missed >= 0 && missed <= this.#longestResume
    const rest = resumed ? {} : { state: this.view(line.me) }
    const { presentSince } = line
    const welcome = { type: 'welcome', roomId: 'r', you, seq, resumed, players: [you], presentSince, ...rest }
    line.down.push(JSON.stringify(welcome))
    if (resumed) for (const event of this.journal.slice(Number(since))) this.#show(line, event)
  }

  #receive(line: Line, text: string): void {
    const frame = JSON.parse(text) as { id: string; name: string; payload: ModelPayload }
    const known = this.journal.find(({ by, ref }) => by === line.me && ref === frame.id)
    if (known) return this.#show(line, known)
    if (frame.name !== 'do' || frame.payload.isRefused) {
      const problem = { type: '/problems/not-allowed', title: 'No', status: 403, detail: 'No' }
      line.down.push(JSON.stringify({ type: 'reject', id: frame.id, problem }))
      return
    }
    const { id: ref, name, payload } = frame
    const event: EventFrame = {
      ...{ type: 'event', seq: this.journal.length + 1, at: 1, by: line.me },
      ...{ ref, name, payload },
    }
    this.journal.push(event)
    for (const other of this.#lines.values()) this.#show(other, event)
  }

  #show(line: Line, event: EventFrame): void {
    const hidden = { type: 'event', seq: event.seq, name: 'hidden' }
    line.down.push(JSON.stringify(isShown(event, line.me) ? event : hidden))
  }
}

function isShown({ by, payload }: EventFrame, me: string): boolean {
  return by === me || !(payload as ModelPayload).isSecret
}
