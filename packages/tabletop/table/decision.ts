import type { z } from 'zod'
import type { Random } from '@innkeeper/protocol/tools'
import type { Refusal, Viewer } from '@innkeeper/rooms/room-type'
import { isSame } from './is-same'
import type { Change } from './changes'
import type { Line } from './log-lines'
import { seededEvents, type TableDice } from './table-dice'
import type { DrawAudience, GameChanged, TableEvent } from './table-events'
import type { TableState } from './table-state'

/** What a command finds: the table, who gave it, and where time, ids and faces come from. */
export interface Context {
  readonly state: TableState
  readonly by: Viewer
  /** Epoch ms. */
  readonly now: number
  readonly random: Random
  readonly newId: () => string
  /** Asked for by commands that roll; the nonce is the player's. */
  readonly dice: (nonce?: string) => TableDice
}

/** What a command makes of the game: entities as they are from now on, and what the log says of it. */
export interface Decision {
  /** Without `before`: it is filled in here. */
  readonly changes: readonly Change[]
  readonly lines: readonly Line[]
  readonly dice?: TableDice
  /** Who sees the faces that were drawn; absent: `author`. */
  readonly drawShownTo?: DrawAudience
}

/** A command that has been understood, ready to be decided. */
export interface TableCommand {
  readonly name: string
  decide(context: Context): Decided
}
export type Decided = { readonly events: readonly TableEvent[] } | Refusal

/** A kind of command: what it carries and what it does. */
export interface CommandType {
  readonly name: string
  readonly summary: string
  readonly payload: z.ZodType
  parse(payload: unknown): TableCommand | Refusal
}

/** What defines a kind of command. */
export interface CommandDefinition<Payload> {
  readonly name: string
  /** What it is for, in one sentence: the documents for outsiders show it. */
  readonly summary: string
  readonly payload: z.ZodType<Payload>
  /** Seated players may give it, about what is theirs; otherwise the GM alone. */
  readonly forPlayers?: true
  readonly decide: (context: Context, payload: Payload) => Decided
}

/** @returns a kind of command whose payload is checked before it is decided */
export function defineCommand<Payload>(definition: CommandDefinition<Payload>): CommandType {
  const { name, summary, payload: schema, decide } = definition
  return {
    name,
    summary,
    payload: schema,
    parse(payload) {
      const parsed = schema.safeParse(payload ?? {})
      if (!parsed.success) return invalid(parsed.error)
      return {
        name,
        decide: (context) => refuseRole(context.by, definition) ?? decide(context, parsed.data),
      }
    },
  }
}

function refuseRole({ role }: Viewer, { forPlayers }: { readonly forPlayers?: true }): Refusal | undefined {
  if (role === 'gm' || (role === 'player' && forPlayers)) return undefined
  return { refused: 'not-allowed', detail: 'This is for the game master' }
}

/** A command that changes sheets, hit points or the fight: it becomes one event, which can be undone. */
export function defineGameCommand<Payload>(
  event: 'character.changed' | 'combat.changed',
  definition: Omit<CommandDefinition<Payload>, 'decide'> & {
    readonly decide: (context: Context, payload: Payload) => Decision | Refusal
  },
): CommandType {
  return defineCommand({
    ...definition,
    decide(context, payload) {
      const decision = definition.decide(context, payload)
      if ('refused' in decision) return decision
      return toEvents(context, decision, { event, command: definition.name })
    },
  })
}

function toEvents(
  { state, by }: Context,
  decision: Decision,
  { event, command }: { readonly event: 'character.changed' | 'combat.changed'; readonly command: string },
): Decided {
  const changes = withBefore(state, decision.changes)
  const { lines, dice } = decision
  const drawn = dice?.drawn()
  if (changes.length === 0 && lines.length === 0) return { events: [] }
  const isShown = lines.some((line) => line.shown !== null)
  const payload: GameChanged = {
    changes,
    lines,
    ...(drawn ? { draw: { ...drawn, shownTo: decision.drawShownTo ?? 'author' } } : {}),
    ...(changes.length > 0 ? { mark: { command, asGm: by.role === 'gm', isShown } } : {}),
  }
  return { events: [...(dice && drawn ? seededEvents(dice) : []), { name: event, payload }] }
}

/**
 * Completes changes: what was before, and which fields of a sheet have another revision now. Of several for one entity
 * the last one counts; what changes nothing is left out.
 */
export function withBefore({ game }: TableState, changes: readonly Change[]): readonly Change[] {
  const latest = new Map<string, Change>()
  for (const change of changes) latest.set(`${change.kind} ${change.id}`, change)
  return Array.from(latest.values(), (change) => completed(game, change)).filter(
    (change) => !isSame(change.value, change.before ?? null),
  )
}

function completed(game: TableState['game'], change: Change): Change {
  switch (change.kind) {
    case 'character': {
      const before = game.character[change.id] ?? null
      return { ...change, before, value: change.value && withRevisions(change.value, before) }
    }
    case 'vitals':
      return { ...change, before: game.vitals[change.id] ?? null }
    case 'combatant':
      return { ...change, before: game.combatant[change.id] ?? null }
    case 'combat':
      return { ...change, before: game.combat[change.id] ?? null }
  }
}

type Sheeted = NonNullable<Extract<Change, { kind: 'character' }>['value']>

/** Each field of a character says with which revision it changed last: a stale edit is refused by them. */
function withRevisions(value: Sheeted, before: Sheeted | null): Sheeted {
  const known = before?.revisions ?? {}
  // What the GM writes in secret is not counted: the owner would find a number missing.
  const { gmNotes: _secret, ...counted } = known
  const revision = Math.max(0, ...Object.values(counted)) + 1
  const changed = [...changedFields(value, before), ...changedFields(value.sheet ?? {}, before?.sheet ?? {})]
  if (changed.length === 0) return before === null ? value : { ...value, revisions: known }
  return {
    ...value,
    revisions: { ...known, ...Object.fromEntries(changed.map((field) => [field, revision])) },
  }
}

/** The sheet counts by its fields. */
const unrevised = ['sheet', 'revisions']

function changedFields(value: object, before: object | null): readonly string[] {
  const old = new Map(Object.entries(before ?? {}))
  return Object.entries(value)
    .filter(([field, now]) => !unrevised.includes(field) && !isSame(now, old.get(field)))
    .map(([field]) => field)
}

/** A payload that is not as expected: which field, and what was expected. */
export function invalid(error: z.ZodError): Refusal {
  const [issue] = error.issues
  const field = issue?.path.join('.') ?? ''
  const detail =
    field === '' ? (issue?.message ?? 'The payload is not as expected') : `${field}: ${issue?.message}`
  return { refused: 'validation-failed', detail, extras: { field } }
}
