import type { Viewer } from '@innkeeper/rooms/room-type'
import type { Combat, Combatant, Edition, Vitals } from '../../table/creatures'
import { saidOf, type Said } from '../../table/log-lines'
import type { HouseRules } from '../../rules/rules'
import type { RecordedTableEvent } from '../../table/table-events'
import { tabletopRoom } from '../../table/tabletop-room'
import { ana, boris, gm, TestTable } from '../../table/testing/test-table'
import { combatOf, realTurn } from '../the-fight'

/** Who stands in a fight of a test. */
export interface FightOptions {
  readonly edition?: Edition
  readonly houseRules?: Partial<HouseRules>
  /** Of the characters of Ana (initiative 15) and Boris (10); their hit points are 20. */
  readonly sheet?: object
  /** As `combat.add` takes them, by name; what is left out is a monster of 20 hit points with initiative 12. */
  readonly monsters?: Readonly<Record<string, object>>
  readonly isStarted?: boolean
}

/** A fight at a table, with everything known by name: `Ana`, `Boris`, and what the monsters are called. */
export interface Fight {
  readonly table: TestTable
  idOf(name: string): string
  vitals(name: string): Vitals
  row(name: string): Combatant
  combat(): Combat
  /** The name of whose turn it really is; '' for nobody. */
  turn(): string
  /** Gives a command as the GM. @returns what the log says of it to the GM */
  run(name: string, payload?: object): readonly Said[]
  runAs(by: Viewer, name: string, payload?: object): readonly Said[]
  /** @returns the code of the refusal; '' when there is none */
  refusal(by: Viewer, name: string, payload?: object): string
}

export function fight(options: FightOptions = {}): Fight {
  const { edition = '2014', houseRules = {}, sheet = {}, monsters = {}, isStarted = true } = options
  const table = TestTable.seated({ name: 'Friday', edition, houseRules })
  for (const [player, name] of [
    [ana, 'Ana'],
    [boris, 'Boris'],
  ] as const)
    table.must(player, 'character.create', { name, sheet: { maxHitPoints: 20, ...sheet } })
  const [hero, other] = Object.keys(table.state.game.character)
  table.must(gm, 'combat.add', {
    combatants: [
      { kind: 'character', id: hero, initiative: 15 },
      { kind: 'character', id: other, initiative: 10 },
      ...Object.entries(monsters).map(([name, given]) => newcomer(name, given)),
    ],
  })
  if (isStarted) table.must(gm, 'combat.start', { roll: 'none' })
  return of(table)
}

function newcomer(name: string, given: object): object {
  if ('kind' in given) return { name, ...given }
  const { stats, ...rest } = { stats: {}, ...given }
  return { kind: 'custom', stats: { name, maxHp: 20, ...stats }, initiative: 12, hpShown: 'exact', ...rest }
}

function of(table: TestTable): Fight {
  const idOf = (name: string): string => {
    const { combatant, character } = table.state.game
    const known = [...Object.values(combatant), ...Object.values(character)].find(
      (each) => each.name === name,
    )
    if (!known) throw new Error(`Nobody is called ${name}`)
    return known.id
  }
  const runAs: Fight['runAs'] = (by, name, payload) => linesOf(table.must(by, name, payload), by)
  return {
    table,
    idOf,
    vitals: (name) => present(table.state.game.vitals[idOf(name)]),
    row: (name) => present(table.state.game.combatant[idOf(name)]),
    combat: () => present(combatOf(table.state.game)),
    turn() {
      const { turn } = realTurn(combatOf(table.state.game))
      return turn === null ? '' : (table.state.game.combatant[turn]?.name ?? '')
    },
    run: (name, payload) => runAs(gm, name, payload),
    runAs,
    refusal: (by, name, payload) => table.send(by, name, payload).refused?.refused ?? '',
  }
}

/** @returns what the log says of events to a viewer */
export function linesOf(events: readonly RecordedTableEvent[], viewer: Viewer): readonly Said[] {
  return events.flatMap((event) => {
    const seen = tabletopRoom.viewEvent(event, viewer)
    const lines = seen && 'lines' in seen.payload ? (seen.payload.lines ?? []) : []
    return lines.flatMap((line) => saidOf(line) ?? [])
  })
}

/** @returns hit points and temporary ones */
export function points({ hitPoints }: Vitals): readonly [now: number, temporary: number] {
  return [hitPoints?.now ?? Number.NaN, hitPoints?.temporary ?? Number.NaN]
}

export function conditionsOf({ conditions }: Vitals): readonly string[] {
  return conditions.map(({ condition }) => condition)
}

export const codes = (lines: readonly Said[]): readonly string[] => lines.map(({ code }) => code)

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('It is not there')
  return value
}
