import { channelAddress } from '@innkeeper/client/address'
import { RoomConnection } from '@innkeeper/client/connection'
import type { Effects } from '@innkeeper/client/effects'
import { systemPlatform } from '@innkeeper/client/system-platform'
import { webOutboxStorage } from '@innkeeper/client/web-outbox-storage'
import type { EventFrame } from '@innkeeper/protocol/frames'
import type { Recorded } from '@innkeeper/rooms/room-type'
import { tabletopRoom } from '@innkeeper/tabletop/table/tabletop-room'
import type { Seat } from '../seats/at-the-table'

type TableState = ReturnType<typeof tabletopRoom.evolve>
type TableEvent = Parameters<typeof tabletopRoom.evolve>[1]

/** A client's patience is shorter here; its 10 s for a welcome stay longer than the 1.5 s that a server probes. */
const hurry = 4

/** One seat with a page that can be reloaded: the connection and the table are new, and what was stored is there. */
export class ChaosSeat {
  /** `seq` of every event of a command, by the command's label, however often it was heard. */
  readonly heard = new Map<string, Set<number>>()
  /** How often the room was entered or entered again. */
  welcomes = 0
  readonly #texts = new Map<string, string>()
  #state: TableState | undefined
  #lastSeq = 0
  #connection: RoomConnection

  constructor(
    readonly origin: string,
    readonly seat: Seat,
  ) {
    this.#connection = this.#connect()
  }

  get connection(): RoomConnection {
    return this.#connection
  }

  get lastSeq(): number {
    return this.#lastSeq
  }

  /** The folded table, as JSON would carry it. */
  get state(): unknown {
    return JSON.parse(JSON.stringify(this.#state ?? null))
  }

  /** The page is gone, and opened again. */
  reload(): void {
    this.#connection.leave()
    this.#connection = this.#connect()
  }

  /** As if the page had ended right after it sent this, and before it heard the answer. */
  storeAgain(event: EventFrame, payload: unknown): void {
    const { ref, seq } = event
    const command = { id: ref ?? '', name: 'dice.roll', payload, sinceMs: Date.now(), sentAtSeq: seq - 1 }
    const storage = webOutboxStorage(this.#storage(), this.seat.player.uuid)
    this.#connection.leave()
    storage.save([command])
    this.#connection = this.#connect()
  }

  #connect(): RoomConnection {
    const connection = new RoomConnection(
      {
        address: () => channelAddress(this.origin, this.seat.token),
        storage: webOutboxStorage(this.#storage(), this.seat.player.uuid),
        onWelcome: (welcome) => {
          this.welcomes += 1
          if (welcome.resumed) return
          this.#state = parseView(welcome.state)
          this.#lastSeq = welcome.seq
        },
        onEvent: (event) => this.#fold(event),
      },
      hurried(),
    )
    connection.open()
    return connection
  }

  #fold(event: EventFrame): void {
    this.#lastSeq = event.seq
    if (event.name === 'hidden' || this.#state === undefined) return
    this.#state = tabletopRoom.evolve(this.#state, parseEvent(event))
    const label = labelOf(event)
    if (label !== undefined) this.heard.set(label, (this.heard.get(label) ?? new Set()).add(event.seq))
  }

  #storage() {
    return {
      getItem: (key: string) => this.#texts.get(key) ?? null,
      setItem: (key: string, text: string) => void this.#texts.set(key, text),
      removeItem: (key: string) => void this.#texts.delete(key),
    }
  }
}

function hurried(): Effects {
  const platform = systemPlatform()
  return {
    ...platform,
    ticks: () => platform.ticks() * hurry,
    after: (ms, work) => platform.after(ms / hurry, work),
  }
}

function labelOf({ payload }: EventFrame): string | undefined {
  const hasLabel = typeof payload === 'object' && payload !== null && 'label' in payload
  return hasLabel ? String(payload.label) : undefined
}

function parseView(state: unknown): TableState {
  return state as TableState
}

function parseEvent(event: EventFrame): Recorded<TableEvent> {
  return event as unknown as Recorded<TableEvent>
}
