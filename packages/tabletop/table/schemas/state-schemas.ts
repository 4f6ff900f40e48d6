import { z } from 'zod'
import { stepCodes, type Step } from '../../rules/trace'
import { lineCodes, type Line, type Said } from '../log-lines'
import { houseRules, tableOptions, tableRoles } from '../messages'
import type { DiceCommitment, LogEntry, PlayerSeat, TableState, UndoMark } from '../table-state'
import { character } from './character-schemas'
import { combat, combatant, vitals } from './creature-schemas'
import { describes } from './describes'
import { diceRolled } from './roll-schemas'

export const seq = z.int().min(0).describe('Its place in the history of the table')
export const at = z.number().describe('Milliseconds since the epoch')
export const by = z.string().describe('The uuid of who did it')
export const language = tableOptions.shape.language.unwrap()
export const edition = tableOptions.shape.edition.unwrap()

export const step = describes<Step>()(
  z
    .object({
      step: z.enum(stepCodes),
      rule: z.string().describe('As in `R-13`'),
      from: z.number(),
      to: z.number(),
      params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
    })
    .describe('One step from a number to the next'),
)

export const said = describes<Said>()(
  z
    .object({
      code: z.enum(lineCodes),
      params: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
        .describe('Names, numbers, codes and lists of codes'),
      why: z.array(step).exactOptional().describe('How its number came about'),
    })
    .describe('One thing that happened: a code with what goes into its sentence'),
)

export const line = describes<Line>()(
  z
    .object({
      owner: z.string().nullable().describe('A player’s uuid who may read `full` as well'),
      full: said.nullable().describe('For the GM and the owner'),
      shown: said.nullable().describe('For everyone else; null: they do not know of it'),
    })
    .describe('A line of the log as it is written down'),
)

export const seatView = {
  uuid: z.string(),
  name: z.string(),
  role: z.enum(tableRoles),
  lentUntil: z.number().exactOptional().describe('The GM’s tools are lent to them until then (epoch ms)'),
}
const playerSeat = describes<PlayerSeat>()(
  z
    .object({ ...seatView, since: z.int().describe('`seq` of the event that gave the role') })
    .describe('Someone who has a seat, or had one: then they are a watcher'),
)

const imported = { at, by }
export const lineEntry = { ...imported, name: z.literal('line'), payload: line }
export const rollEntry = { ...imported, name: z.literal('dice.rolled'), payload: diceRolled }

export const logEntry = describes<LogEntry>()(
  z
    .discriminatedUnion('name', [z.object({ seq, ...rollEntry }), z.object({ seq, ...lineEntry })])
    .describe('An entry of the log: codes and numbers, so that everyone reads it in their own language'),
)

export const markFields = {
  command: z.string().describe('Name of the command'),
  asGm: z.boolean().describe('Given with the GM’s tools'),
  isShown: z.boolean().describe('Whether others than the GM and who gave it know of it'),
}
export const undoMark = describes<UndoMark>()(
  z.object({ seq, by, ...markFields }).describe('A command that can be undone or redone'),
)

export const diceCommitment = describes<DiceCommitment>()(
  z
    .object({
      number: z.int().describe('From 1'),
      commit: z.string().describe('SHA-256 of the seed, in hexadecimal'),
    })
    .describe('The dice seed in use, as everyone may know it'),
)

/** The table as somebody sees it: all but its secrets, which no view holds. */
export const tableState = describes<Omit<TableState, 'secrets'>>()(
  z
    .object({
      name: z.string(),
      language,
      edition,
      houseRules,
      players: z.record(z.string(), playerSeat).describe('By uuid'),
      game: z
        .object({
          character: z.record(z.string(), character),
          vitals: z.record(z.string(), vitals),
          combatant: z.record(z.string(), combatant),
          combat: z.record(z.string(), combat).describe('At most one, of id `combat`'),
        })
        .describe('By kind of entity, then by id'),
      dice: diceCommitment.nullable(),
      marks: z.object({ done: z.array(undoMark), undone: z.array(undoMark) }).describe('Oldest first'),
      log: z.array(logEntry).describe('The latest entries, oldest first'),
    })
    .describe('The table as this viewer may see it'),
)
