import type { Refusal, Viewer } from '@innkeeper/rooms/room-type'
import { usualHouseRules } from '../../rules/rules'
import { applyChanges, type Change, type Entities } from '../../table/changes'
import type { Edition, Vitals } from '../../table/creatures'
import type { GameChanged } from '../../table/table-events'
import type { PlayerSeat, TableState } from '../../table/table-state'
import type { Character } from '../character'
import { characterCommands } from '../character-commands'

export const gm: Viewer = { uuid: 'gm-1', role: 'gm' }
export const ana: Viewer = { uuid: 'ana-1', role: 'player' }
export const boris: Viewer = { uuid: 'boris-1', role: 'player' }
export const watcher: Viewer = { uuid: 'guest:w#1', role: 'watcher' }

/** A table where characters are made, with nothing else of a room around it. */
export interface GameTable {
  game(): Entities
  /** Puts entities there without a command. */
  put(changes: readonly Change[]): void
  /** Gives a command as a client sends it, and keeps what it changed. */
  run(by: Viewer, name: string, payload: unknown): GameChanged | Refusal
  /** Gives a command that is not refused. */
  did(by: Viewer, name: string, payload: unknown): GameChanged
  character(id: string): Character
  vitals(id: string): Vitals
}

/** @returns a table with a GM, two players and somebody whose seat is gone */
export function gameTable(edition: Edition = '2014'): GameTable {
  let game: Entities = { character: {}, vitals: {}, combatant: {}, combat: {} }
  let ids = 0
  const run: GameTable['run'] = (by, name, payload) => {
    const command = characterCommands.find((known) => known.name === name)?.parse(payload)
    if (command === undefined) throw new Error(`There is no command ${name}`)
    if ('refused' in command) return command
    const decided = command.decide({
      state: stateOf(edition, game),
      by,
      now: 0,
      random: { bytes: () => new Uint8Array(), uuid: () => '', below: () => 0 },
      newId: () => `id-${(ids += 1)}`,
      dice: () => {
        throw new Error('Nothing is rolled here')
      },
    })
    if ('refused' in decided) return decided
    const [event] = decided.events
    if (event === undefined) return { changes: [], lines: [] }
    if (event.name !== 'character.changed') throw new Error(`Unexpected: ${event.name}`)
    game = applyChanges(game, event.payload.changes)
    return event.payload
  }
  return {
    game: () => game,
    put(changes) {
      game = applyChanges(game, changes)
    },
    run,
    did(by, name, payload) {
      const done = run(by, name, payload)
      if ('refused' in done) throw new Error(`${name} is refused: ${done.detail}`)
      return done
    },
    character: (id) => present(game.character[id]),
    vitals: (id) => present(game.vitals[id]),
  }
}

/** @returns the id of a new character */
export function created(table: GameTable, by: Viewer, written: object = { name: 'Ana' }): string {
  const { changes } = table.did(by, 'character.create', written)
  return present(changes[0]).id
}

/** @returns the highest revision that its owner and the GM have seen */
export function revisionOf({ revisions }: Character): number {
  return Math.max(0, ...Object.values(revisions ?? {}))
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('There is nothing')
  return value
}

function stateOf(edition: Edition, game: Entities): TableState {
  const seats = [
    seat('gm-1', 'gm'),
    seat('ana-1', 'player'),
    seat('boris-1', 'player'),
    seat('gone-1', 'watcher'),
  ]
  return {
    name: '',
    language: 'en',
    edition,
    houseRules: usualHouseRules,
    players: Object.fromEntries(seats.map((one) => [one.uuid, one])),
    game,
    dice: null,
    marks: { done: [], undone: [] },
    log: [],
  }
}

function seat(uuid: string, role: PlayerSeat['role']): PlayerSeat {
  return { uuid, name: uuid, role, since: 1 }
}
