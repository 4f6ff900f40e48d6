import { assertNever } from '@innkeeper/protocol/tools'
import type { Entities } from '../table/changes'
import type { ShownRoll } from '../table/messages'
import type { LogEntry, PlayerSeat, TableState } from '../table/table-state'
import type { DocumentEntry, DocumentPlayer, TableDocument } from './document'

/** A table as its game master sees it, with all of its log, oldest first. */
export interface TableToExport {
  readonly table: Pick<TableState, 'name' | 'language' | 'edition' | 'houseRules' | 'players' | 'game'>
  readonly entries: readonly LogEntry[]
}

/**
 * Writes a table down. What it says of how it came about is left out, so that an export of an import is the document that
 * was imported, down to the last byte.
 */
export function exportTable({ table, entries }: TableToExport): TableDocument {
  const { name, language, edition, houseRules } = table
  const seats = inOrder(Object.values(table.players))
  const refs = new Map(seats.map(({ uuid }, index) => [uuid, `p${index + 1}`]))
  const refOf: RefOf = (uuid) => (uuid === null ? null : (refs.get(uuid) ?? null))
  return {
    format: 'innkeeper-session',
    version: 1,
    session: { name, language, edition, houseRules },
    players: seats.map(({ name: of }, index): DocumentPlayer => {
      return { ref: `p${index + 1}`, name: of, role: index === 0 ? 'gm' : 'player' }
    }),
    game: exportGame(table.game, refOf),
    log: entries.flatMap((entry) => exportEntry(entry, refOf) ?? []),
  }
}

type RefOf = (uuid: string | null) => string | null

/** The GM comes first; to whom the role is lent is a player still. */
function inOrder(seats: readonly PlayerSeat[]): readonly PlayerSeat[] {
  const gm =
    seats.find(({ role, lentUntil }) => role === 'gm' && lentUntil === undefined) ??
    seats.find(({ role }) => role === 'gm')
  return gm === undefined ? seats : [gm, ...seats.filter((seat) => seat !== gm)]
}

function exportGame({ character, vitals, combatant, combat }: Entities, refOf: RefOf): Entities {
  return {
    character: mapValues(character, ({ revisions: _counted, ...entity }) => ({
      ...entity,
      owner: refOf(entity.owner),
    })),
    vitals: mapValues(vitals, (entity) => ({ ...entity, owner: refOf(entity.owner) })),
    combatant: mapValues(combatant, (entity) => ({ ...entity, owner: refOf(entity.owner) })),
    combat,
  }
}

function mapValues<Value>(
  values: Readonly<Record<string, Value>>,
  toValue: (value: Value) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, toValue(value)]))
}

function exportEntry(entry: LogEntry, refOf: RefOf): DocumentEntry | null {
  const by = refOf(entry.by)
  const { at } = entry
  switch (entry.name) {
    case 'line': {
      const { owner, full, shown } = entry.payload
      if ((full ?? shown)?.code === 'table.imported') return null
      return { at, by, name: 'line', payload: { owner: refOf(owner), full, shown } }
    }
    case 'dice.rolled': {
      const roll = entry.payload
      // What somebody rolled for themselves alone is theirs: the next game master at this table is not told either.
      if ('concealed' in roll || (roll.visibility === 'self' && by !== 'p1')) return null
      return { at, by, name: 'dice.rolled', payload: withoutProof(roll) }
    }
    default:
      return assertNever(entry)
  }
}

function withoutProof({ fair: _proof, ...roll }: ShownRoll): ShownRoll {
  return roll
}
