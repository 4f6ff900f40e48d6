import { z } from 'zod'
import type { Change } from '../changes'
import type {
  DiceSeeded,
  GameChanged,
  GameTurnedBack,
  LogImported,
  PlayerJoined,
  SeatChanged,
  SeatClaimed,
  RecordedTableEvent,
  TableEdited,
} from '../table-events'
import { houseRules, tableRoles } from '../messages'
import { character } from './character-schemas'
import { combat, combatant, vitals } from './creature-schemas'
import { describes } from './describes'
import { diceRolled } from './roll-schemas'
import {
  at,
  by,
  diceCommitment,
  edition,
  language,
  line,
  lineEntry,
  markFields,
  rollEntry,
  seatView,
  seq,
  undoMark,
} from './state-schemas'

/** Events are described as they are seen: what was before a change, and the seed in use, are cut off for everyone. */
type Seen<Type> = Type extends { readonly changes: readonly Change[] }
  ? Omit<Type, 'changes'> & { readonly changes: readonly SeenChange[] }
  : Type
type SeenPayload<Type> = 'seed' extends keyof Type ? Omit<Type, 'seed'> : Seen<Type>
type SeenEvent = RecordedTableEvent extends infer Event
  ? Event extends RecordedTableEvent
    ? Omit<Event, 'payload'> & { readonly payload: SeenPayload<Event['payload']> }
    : never
  : never
type SeenChange = Change extends infer One ? (One extends Change ? Omit<One, 'before'> : never) : never

const lines = z.array(line).describe('What the log says of it')
const uuid = z.string()

export const playerJoined = describes<PlayerJoined>()(
  z
    .object({ uuid, name: z.string(), role: z.enum(tableRoles) })
    .describe('Someone took a seat, or came back to it under another name'),
)

export const seatChanged = describes<SeatChanged>()(
  z.object({ seat: z.object(seatView), lines }).describe('A seat as it is from now on'),
)

export const seatClaimed = describes<SeatClaimed>()(
  z
    .object({
      id: z.string(),
      name: z.string(),
      uuid,
      state: z.enum(['open', 'approved', 'declined', 'expired']),
    })
    .describe('Someone asks for a seat that is taken, or was answered. For the GM alone'),
)

export const tableEdited = describes<TableEdited>()(
  z
    .object({
      name: z.string().optional(),
      language: language.optional(),
      edition: edition.optional(),
      houseRules: houseRules.exactOptional(),
      lines,
    })
    .describe('What is there has changed'),
)

export const diceSeeded = describes<Omit<DiceSeeded, 'seed'>>()(
  z
    .object({
      number: z.int().describe('From 1'),
      commit: z.string().describe('SHA-256 of the seed, in hexadecimal'),
      revealed: z
        .intersection(
          diceCommitment,
          z.object({
            seed: z.string(),
            rolls: z.int(),
            isDisclosed: z
              .literal(true)
              .exactOptional()
              .describe('Everyone may verify what the GM kept secret too'),
          }),
        )
        .exactOptional()
        .describe('The seed before, which has made its last roll'),
      lines: lines.exactOptional(),
    })
    .describe('A new seed for the dice'),
)

export const change = describes<SeenChange>()(
  z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('character'), id: z.string(), value: character.nullable() }),
      z.object({ kind: z.literal('vitals'), id: z.string(), value: vitals.nullable() }),
      z.object({ kind: z.literal('combatant'), id: z.string(), value: combatant.nullable() }),
      z.object({ kind: z.literal('combat'), id: z.string(), value: combat.nullable() }),
    ])
    .describe('One entity as it is from now on; null: it is gone, or out of sight'),
)
const changes = z.array(change)

const draw = z
  .object({
    seed: z.int().describe('Number of the seed'),
    roll: z.int(),
    nonce: z.string(),
    sides: z.array(z.int()).describe('Of each die, in order'),
    faces: z.array(z.int()),
    shownTo: z.enum(['everyone', 'author', 'gm']).describe('`author`: who gave the command, and the GM'),
  })
  .describe('Dice that the command has rolled')

export const gameChanged = describes<Seen<GameChanged>>()(
  z
    .object({
      changes,
      lines,
      draw: draw.exactOptional(),
      mark: z.object(markFields).exactOptional().describe('For those who may undo it'),
    })
    .describe('Sheets, hit points, the fight: what a command made of them'),
)

export const turnedBack = describes<Seen<GameTurnedBack>>()(
  z
    .object({ changes, lines, of: undoMark.exactOptional().describe('For those who see the mark') })
    .describe('A command was taken back, or done again'),
)

export const logImported = describes<LogImported>()(
  z
    .object({ entries: z.array(z.discriminatedUnion('name', [z.object(lineEntry), z.object(rollEntry)])) })
    .describe('Lines of another table’s log, with their own time and author'),
)

const recorded = { seq, at, by, ref: z.string().exactOptional().describe('The id of the command') }
const eventOf = <Name extends string, Payload>(name: Name, payload: z.ZodType<Payload>) =>
  z.object({ ...recorded, name: z.literal(name), payload })

/** Everything that can happen at a table, as those see it who may. */
export const tableEvents = [
  eventOf('player.joined', playerJoined),
  eventOf('seat.changed', seatChanged),
  eventOf('seat.claimed', seatClaimed),
  eventOf('table.edited', tableEdited),
  eventOf('dice.seeded', diceSeeded),
  eventOf('dice.rolled', diceRolled),
  eventOf('character.changed', gameChanged),
  eventOf('combat.changed', gameChanged),
  eventOf('undone', turnedBack),
  eventOf('redone', turnedBack),
  eventOf('log.imported', logImported),
] as const

export const tableEvent = describes<SeenEvent>()(
  z.discriminatedUnion('name', tableEvents).describe('Something that happened, as this viewer may see it'),
)
