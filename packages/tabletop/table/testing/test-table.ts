import type { Random } from '@innkeeper/protocol/tools'
import { isRefusal, type Player, type Refusal, type Viewer } from '@innkeeper/rooms/room-type'
import { seededDie } from '../../dice/dice-testing'
import { isSame } from '../is-same'
import type { Entities } from '../changes'
import type { RecordedTableEvent, TableEvent } from '../table-events'
import { tabletopRoom } from '../tabletop-room'
import type { TableState } from '../table-state'

export const gm: Viewer = { uuid: 'gm-1', role: 'gm' }
export const ana: Viewer = { uuid: 'ana-1', role: 'player' }
export const boris: Viewer = { uuid: 'boris-1', role: 'player' }
export const watcher: Viewer = { uuid: 'guest:w#1', role: 'watcher' }
export const everyone = [gm, ana, boris, watcher]

/** What a table answers to a command in a test. */
export interface Answer {
  readonly events: readonly RecordedTableEvent[]
  readonly refused?: Refusal
}

/** A table in a test: commands go in, and each viewer folds what they are sent, as a browser does. */
export class TestTable {
  readonly events: RecordedTableEvent[] = []
  readonly views = new Map<Viewer, TableState>()
  readonly #random: Random
  state: TableState
  now = 1_000
  #ids = 0

  constructor(options: unknown = { name: 'Friday' }, seed = 1) {
    const die = seededDie(seed)
    this.#random = {
      bytes: (count) => Uint8Array.from({ length: count }, () => die(256) - 1),
      uuid: () => `id-${(this.#ids += 1)}`,
      below: (bound) => die(bound) - 1,
    }
    const parsed = tabletopRoom.parseOptions(options)
    if (isRefusal(parsed)) throw new Error(parsed.detail)
    this.state = tabletopRoom.open(parsed.options, { now: 0, random: this.#random })
  }

  /** A table where the GM and two players sit, and someone watches. */
  static seated(options?: unknown, seed?: number): TestTable {
    const table = new TestTable(options, seed)
    table.admit({ uuid: gm.uuid, nick: 'Mia', role: 'gm' })
    table.admit({ uuid: ana.uuid, nick: 'Ana', role: 'player' })
    table.admit({ uuid: boris.uuid, nick: 'Boris', role: 'player' })
    for (const viewer of everyone) table.welcome(viewer)
    return table
  }

  admit(player: Player): string | Refusal {
    const admitted = tabletopRoom.admit(this.state, player, { now: this.now, random: this.#random })
    if (isRefusal(admitted)) return admitted
    this.#record(player.uuid, admitted.events)
    return admitted.role
  }

  /** From now on the viewer folds what they are sent. */
  welcome(viewer: Viewer): void {
    this.views.set(viewer, tabletopRoom.view(this.state, viewer))
  }

  send(by: Viewer, name: string, payload: unknown = {}): Answer {
    this.now += 1
    const parsed = tabletopRoom.parseCommand(name, payload)
    if (isRefusal(parsed)) return { events: [], refused: parsed }
    const role = tabletopRoom.roleOf?.(this.state, by.uuid)?.role ?? by.role
    const actor = by.role === 'steward' ? by : { uuid: by.uuid, role }
    const tools = { now: this.now, random: this.#random }
    const decided = tabletopRoom.decide(this.state, actor, parsed.command, tools)
    if (isRefusal(decided)) return { events: [], refused: decided }
    return { events: this.#record(by.uuid, decided.events) }
  }

  /** @throws Error when it is refused */
  must(by: Viewer, name: string, payload: unknown = {}): readonly RecordedTableEvent[] {
    const { events, refused } = this.send(by, name, payload)
    if (refused) throw new Error(`${name}: ${refused.refused}: ${refused.detail}`)
    return events
  }

  elapse(ms: number): void {
    this.now += ms
    const tools = { now: this.now, random: this.#random }
    this.#record('innkeeper', tabletopRoom.elapse?.(this.state, tools) ?? [])
  }

  viewOf(viewer: Viewer): TableState {
    return tabletopRoom.view(this.state, viewer)
  }

  /** Viewers whose folded view is not the one that they would be welcomed with now. */
  strayed(): readonly Viewer[] {
    return [...this.views]
      .filter(([viewer, seen]) => !isSame(seen, this.viewOf(viewer)))
      .map(([viewer]) => viewer)
  }

  #record(by: string, decided: readonly TableEvent[]): readonly RecordedTableEvent[] {
    const recorded = decided.map((event, index) => ({
      ...event,
      seq: this.events.length + 1 + index,
      at: this.now,
      by,
    }))
    for (const event of recorded) {
      this.events.push(event)
      this.state = tabletopRoom.evolve(this.state, event)
      for (const [viewer, seen] of this.views) {
        const shown = tabletopRoom.viewEvent(event, viewer)
        if (shown) this.views.set(viewer, tabletopRoom.evolve(seen, shown))
      }
    }
    return recorded
  }
}

/** The game's data without what counts edits, for comparing tables. */
export function gameOf({ game }: Pick<TableState, 'game'>): Entities {
  const character = Object.entries(game.character).map(([id, entity]) => [id, { ...entity, revisions: null }])
  return { ...game, character: Object.fromEntries(character) }
}
