import { z } from 'zod'
import {
  characterSchema,
  combatantSchema,
  combatSchema,
  entityId,
  playerId,
  someLine,
  vitalsSchema,
} from '../../exchange/entity-schemas'
import { lineSchema } from '../../exchange/line-schema'
import { rollSchema } from '../../exchange/roll-schema'
import { withBefore, type CommandType } from '../decision'
import { seatOf } from '../seats'
import type { TableEvent } from '../table-events'
import { steward } from './steward'

const importSeats = steward({
  name: 'seat.import',
  summary: 'Players of a document: the table remembers their names, their seats are empty',
  payload: z.strictObject({
    seats: z.array(z.strictObject({ uuid: playerId, name: someLine })).min(1),
  }),
  decide({ state }, { seats }) {
    if (seats.some(({ uuid }) => seatOf(state, uuid)))
      return { refused: 'conflict', detail: 'Somebody has this seat already' }
    return {
      events: seats.map(({ uuid, name }): TableEvent => {
        return { name: 'seat.changed', payload: { seat: { uuid, name, role: 'watcher' }, lines: [] } }
      }),
    }
  },
})

const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('character'), id: entityId, value: characterSchema }),
  z.strictObject({ kind: z.literal('vitals'), id: entityId, value: vitalsSchema }),
  z.strictObject({ kind: z.literal('combatant'), id: entityId, value: combatantSchema }),
  z.strictObject({ kind: z.literal('combat'), id: z.literal('combat'), value: combatSchema }),
])

const importGame = steward({
  name: 'table.import',
  summary: 'Sheets, hit points and the fight of a document; there is nothing to take back',
  payload: z.strictObject({ changes: z.array(change).min(1) }),
  decide: ({ state }, { changes }) => ({
    events: [{ name: 'character.changed', payload: { changes: withBefore(state, changes), lines: [] } }],
  }),
})

const place = { at: z.number(), by: playerId }
const entry = z.discriminatedUnion('name', [
  z.strictObject({ ...place, name: z.literal('line'), payload: lineSchema }),
  z.strictObject({ ...place, name: z.literal('dice.rolled'), payload: rollSchema }),
])

const importLog = steward({
  name: 'log.import',
  summary: 'Lines of the log of a document, with their own time and author',
  payload: z.strictObject({ entries: z.array(entry).min(1) }),
  decide: (_context, payload) => ({ events: [{ name: 'log.imported', payload }] }),
})

/** How a document comes to a table that was just opened (`exchange/import-table`). */
export const importCommands: readonly CommandType[] = [importSeats, importGame, importLog]
