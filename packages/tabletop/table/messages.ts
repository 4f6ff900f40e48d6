import { z } from 'zod'
import { limits } from '@innkeeper/protocol/limits'
import type { Recorded } from '@innkeeper/rooms/room-type'
import { isPlainText } from '../dice/dice-cursor'
import type { DiceResult } from '../dice/dice-result'

/** Who may be at a table. A watcher came with a ticket but without a seat. */
export const tableRoles = ['gm', 'player', 'watcher'] as const
export type TableRole = (typeof tableRoles)[number]

/** Who may see a roll. `blind`: the GM alone; who rolled knows only that they did. */
export const rollVisibilities = ['public', 'gm', 'self', 'blind'] as const
export type RollVisibility = (typeof rollVisibilities)[number]

const rollLabelGraphemes = 80
const rollLabelChars = 640
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** One line of plain text. Nobody escapes it on the way; whoever shows it shows it as text. */
function lineOf(maxGraphemes: number, maxChars: number) {
  return z
    .string()
    .max(maxChars)
    .transform((text) => text.trim())
    .refine((text) => isPlainText(text), 'Expected one line of text without control characters')
    .refine((text) => hasAtMost(maxGraphemes, text), `Expected at most ${maxGraphemes} characters`)
}

function hasAtMost(maxGraphemes: number, text: string): boolean {
  if (text.length <= maxGraphemes) return true
  let count = 0
  for (const _grapheme of graphemes.segment(text)) {
    count += 1
    if (count > maxGraphemes) return false
  }
  return true
}

/** What `dice.roll` carries. The expression has rules of its own, and answers with codes of its own. */
export const diceRollPayload = z.strictObject({
  expression: z.string().describe('As in `2d20kh1+5 # attack`'),
  visibility: z.enum(rollVisibilities),
  label: lineOf(rollLabelGraphemes, rollLabelChars)
    .optional()
    .describe('Goes before a label within the expression'),
})

/** How a table is opened. */
export const tableOptions = z.strictObject({
  name: lineOf(limits.roomNameGraphemes, limits.roomNameGraphemes * 8).default(''),
  language: z
    .enum(['en', 'pt-BR', 'ru'])
    .default('en')
    .describe('What the table speaks; each player may read another'),
  edition: z.enum(['2014', '2024']).default('2014').describe('Which rules'),
})
export type TableOptions = z.infer<typeof tableOptions>

/** Someone took a seat, or came back to it under another name or role. */
export interface PlayerJoined {
  readonly uuid: string
  readonly name: string
  readonly role: TableRole
}

/** A roll as those see it who may see it. `expression` is canonical. */
export interface ShownRoll {
  readonly visibility: RollVisibility
  readonly expression: string
  readonly label?: string
  readonly result: DiceResult
}

/** A blind roll as its roller sees it. */
export interface ConcealedRoll {
  readonly visibility: 'blind'
  readonly expression: string
  readonly label?: string
  readonly concealed: true
}

/** What `dice.rolled` carries. */
export type DiceRolled = ShownRoll | ConcealedRoll

/** Everything that can happen at a table. */
export type TableEvent =
  | { readonly name: 'player.joined'; readonly payload: PlayerJoined }
  | { readonly name: 'dice.rolled'; readonly payload: DiceRolled }

/** A roll in the table's log: codes and numbers, so that everyone reads it in their own language. */
export interface LogEntry {
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly by: string
  readonly name: 'dice.rolled'
  readonly payload: DiceRolled
}

/** The table, as plain JSON. */
export interface TableState {
  readonly name: string
  readonly language: TableOptions['language']
  readonly edition: TableOptions['edition']
  /** Everyone who has a seat, by uuid. */
  readonly players: Readonly<Record<string, PlayerJoined>>
  /** Oldest first. */
  readonly log: readonly LogEntry[]
}

/** An event with its place in the table's history. */
export type RecordedTableEvent = Recorded<TableEvent>
