import { innkeeper } from '@innkeeper/rooms/room-type'
import type { Change } from '../table/changes'
import { openLine } from '../table/log-lines'
import type { ImportedEntry } from '../table/table-events'
import type { TableDocument } from './document'

/** What is told to a table that was just opened, one after the other. */
export type ImportCommand =
  | { readonly name: 'seat.import'; readonly payload: { readonly seats: readonly ImportedSeat[] } }
  | { readonly name: 'table.import'; readonly payload: { readonly changes: readonly Change[] } }
  | { readonly name: 'log.import'; readonly payload: { readonly entries: readonly ImportedEntry[] } }

/** A player of the document as this table remembers them: their seat is empty. */
export interface ImportedSeat {
  readonly uuid: string
  readonly name: string
}

/** Who the players of a document are here, in its order: the first is the new table's game master. */
export interface ImportOptions {
  readonly uuids: readonly string[]
  /** Epoch ms. */
  readonly now: number
}

/** So much JSON in UTF-8 goes into one command; what is around it has room below the limit of a payload. */
const commandBytes = 30 * 1024

/** @returns the commands that make a new table what the document says; they are the steward's (`steward-commands`) */
export function importCommands(
  document: TableDocument,
  { uuids, now }: ImportOptions,
): readonly ImportCommand[] {
  const uuidOf = new Map(document.players.map(({ ref }, index) => [ref, uuids[index] ?? null]))
  const ownerOf = (ref: string | null) => (ref === null ? null : (uuidOf.get(ref) ?? null))
  const authorOf = (ref: string | null) => ownerOf(ref) ?? innkeeper
  const seats = document.players
    .map(({ ref, name }) => ({ uuid: authorOf(ref), name }))
    .filter((_seat, index) => index > 0)
  const imported: ImportedEntry = {
    at: now,
    by: authorOf('p1'),
    name: 'line',
    payload: openLine({ code: 'table.imported', params: {} }),
  }
  const entries = [...document.log.map((entry) => importEntry(entry, { ownerOf, authorOf })), imported]
  return [
    ...inPieces(seats).map((piece): ImportCommand => ({ name: 'seat.import', payload: { seats: piece } })),
    ...inPieces(changesOf(document.game, ownerOf)).map((changes): ImportCommand => ({
      name: 'table.import',
      payload: { changes },
    })),
    ...inPieces(entries).map((piece): ImportCommand => ({ name: 'log.import', payload: { entries: piece } })),
  ]
}

type OwnerOf = (ref: string | null) => string | null

function changesOf(
  { character, vitals, combatant, combat }: TableDocument['game'],
  ownerOf: OwnerOf,
): readonly Change[] {
  const owned = <Entity extends { readonly owner: string | null }>(entity: Entity): Entity => ({
    ...entity,
    owner: ownerOf(entity.owner),
  })
  return [
    ...Object.entries(character).map(
      ([id, entity]) => ({ kind: 'character', id, value: owned(entity) }) as const,
    ),
    ...Object.entries(vitals).map(([id, entity]) => ({ kind: 'vitals', id, value: owned(entity) }) as const),
    ...Object.entries(combatant).map(
      ([id, entity]) => ({ kind: 'combatant', id, value: owned(entity) }) as const,
    ),
    ...Object.entries(combat).map(([id, value]) => ({ kind: 'combat', id, value }) as const),
  ]
}

function importEntry(
  entry: TableDocument['log'][number],
  { ownerOf, authorOf }: { readonly ownerOf: OwnerOf; readonly authorOf: (ref: string | null) => string },
): ImportedEntry {
  const by = authorOf(entry.by)
  if (entry.name === 'dice.rolled') return { ...entry, by }
  return { ...entry, by, payload: { ...entry.payload, owner: ownerOf(entry.payload.owner) } }
}

/** As few pieces as there can be in this order. */
function inPieces<Part>(parts: readonly Part[]): readonly (readonly Part[])[] {
  const encoder = new TextEncoder()
  const pieces: Part[][] = []
  let left = 0
  for (const part of parts) {
    const bytes = encoder.encode(JSON.stringify(part)).length + 1
    if (bytes > left) {
      pieces.push([])
      left = commandBytes
    }
    pieces.at(-1)?.push(part)
    left -= bytes
  }
  return pieces
}
