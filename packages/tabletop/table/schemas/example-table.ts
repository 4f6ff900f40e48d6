import type { Random } from '@innkeeper/protocol/tools'
import { isRefusal, type Player, type Viewer } from '@innkeeper/rooms/room-type'
import type { RecordedTableEvent, TableEvent } from '../table-events'
import type { TableState } from '../table-state'
import { tabletopRoom } from '../tabletop-room'
import { commandExamples } from './command-examples'
import { exampleIds } from './example-ids'

/** Who sits at the table that the examples are about. */
export const exampleGm: Viewer = { uuid: exampleIds.gm, role: 'gm' }
export const examplePlayer: Viewer = { uuid: exampleIds.player, role: 'player' }

/** The time of every example, in milliseconds since the epoch. */
export const exampleAt = 1_795_296_000_000

/**
 * A table whose ids and dice are the same every time. The documents take their examples from it: what it answers is what
 * a server answers.
 */
export class ExampleTable {
  seq = 0
  #state: TableState
  readonly #random = sameRandom()

  constructor() {
    const parsed = tabletopRoom.parseOptions({ name: 'Phandalin' })
    if (isRefusal(parsed)) throw new Error(parsed.detail)
    this.#state = tabletopRoom.open(parsed.options, this.#tools)
    this.admit({ uuid: exampleIds.gm, nick: 'Mira', role: 'gm' })
    this.admit({ uuid: exampleIds.player, nick: 'Торин', role: 'player' })
  }

  /** Takes a seat. */
  admit(player: Player): readonly RecordedTableEvent[] {
    const admitted = tabletopRoom.admit(this.#state, player, this.#tools)
    if (isRefusal(admitted)) throw new Error(admitted.detail)
    return this.#record(player.uuid, admitted.events)
  }

  /**
   * Gives a command, with what its example carries.
   *
   * @returns what happened, as the game master sees it
   */
  give(by: Viewer, name: string, payload: unknown = commandExamples[name]): readonly RecordedTableEvent[] {
    const parsed = tabletopRoom.parseCommand(name, payload)
    if (isRefusal(parsed)) throw new Error(`${name}: ${parsed.detail}`)
    const decided = tabletopRoom.decide(this.#state, by, parsed.command, this.#tools)
    if (isRefusal(decided)) throw new Error(`${name}: ${decided.detail}`)
    const events = this.#record(by.uuid, decided.events)
    return events.flatMap((event) => tabletopRoom.viewEvent(event, exampleGm) ?? [])
  }

  /** The table as somebody sees it. */
  seenBy(viewer: Viewer): TableState {
    return tabletopRoom.view(this.#state, viewer)
  }

  get #tools() {
    return { now: exampleAt, random: this.#random }
  }

  #record(by: string, events: readonly TableEvent[]): readonly RecordedTableEvent[] {
    return events.map((event) => {
      this.seq += 1
      const recorded: RecordedTableEvent = { ...event, seq: this.seq, at: exampleAt, by }
      this.#state = tabletopRoom.evolve(this.#state, recorded)
      return recorded
    })
  }
}

/** Nothing is random: ids come in a row, first those that the examples name. */
function sameRandom(): Random {
  const named: string[] = [exampleIds.hero, exampleIds.monster]
  let made = 0
  return {
    bytes: (count) => Uint8Array.from({ length: count }, (_, index) => (index * 37 + 11) % 256),
    uuid: () => named.shift() ?? `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
    below: () => 0,
  }
}
