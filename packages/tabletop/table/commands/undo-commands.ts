import { z } from 'zod'
import type { Refusal, Viewer } from '@innkeeper/rooms/room-type'
import { applyChanges, type Change } from '../changes'
import { defineCommand, withBefore, type CommandType, type Context, type Decided } from '../decision'
import { isSame } from '../is-same'
import { gmLine, openLine, type Line } from '../log-lines'
import type { UndoMark } from '../table-state'

const undo = defineCommand({
  name: 'undo',
  summary: 'Take back the latest command: of all for the GM, of their own for a player',
  forPlayers: true,
  payload: z.strictObject({}),
  decide: (context) => turnBack(context, 'undone'),
})

const redo = defineCommand({
  name: 'redo',
  summary: 'Do again what was taken back last',
  forPlayers: true,
  payload: z.strictObject({}),
  decide: (context) => turnBack(context, 'redone'),
})

export const undoCommands: readonly CommandType[] = [undo, redo]

function turnBack(context: Context, name: 'undone' | 'redone'): Decided {
  const { state, by } = context
  const marks = name === 'undone' ? state.marks.done : state.marks.undone
  const of = marks.findLast((mark) => by.role === 'gm' || (mark.by === by.uuid && !mark.asGm))
  const recorded = of && changesOf(context, of)
  if (!of || !recorded) return { refused: 'conflict', detail: 'There is nothing to take back or do again' }
  const target = (change: Change): Change => (name === 'undone' ? reversed(change) : change)
  const later = name === 'undone' ? marks.slice(marks.indexOf(of) + 1) : []
  const stale =
    recorded.find((change) => !isStill(context, reversed(target(change)))) ??
    recorded.find((change) => isTouchedBy(context, later, change)) ??
    recorded.find((change) => isOrphaned(context, recorded.map(target), change))
  if (stale) return changedSince(stale, by)
  const changes = withBefore(state, recorded.map(target))
  return { events: [{ name, payload: { changes, lines: [lineOf(name, of)], of } }] }
}

function changesOf({ state }: Context, { seq }: UndoMark): readonly Change[] | undefined {
  return state.secrets?.undo.find((known) => known.seq === seq)?.changes
}

/**
 * A later command may have made of an entity what it was: it could not be undone any more with this one gone. Where an
 * entity would come or go, whatever else has its id counts: a creature has a row in the fight.
 */
function isTouchedBy(context: Context, later: readonly UndoMark[], touched: Change): boolean {
  const { kind, id, value, before } = touched
  const isThere = value !== null && before != null
  return later.some((mark) =>
    changesOf(context, mark)?.some((change) => change.id === id && (change.kind === kind || !isThere)),
  )
}

/** Whether a row in the fight would be left without its creature, which somebody else has added or taken away. */
function isOrphaned({ state }: Context, changes: readonly Change[], { id }: Change): boolean {
  const { combatant, vitals } = applyChanges(state.game, changes)
  const row = combatant[id]
  return row !== undefined && row.kind !== 'lair' && vitals[id] === undefined
}

/** A change the other way round. */
function reversed(change: Change): Change {
  return parseReversed({ ...change, value: change.before ?? null, before: change.value })
}

/** Both ends of a change are of its kind, which the type cannot say of all kinds at once. */
function parseReversed(change: object): Change {
  return change as Change
}

/** Whether an entity still is what a change made of it; revisions only count edits. */
function isStill({ state }: Context, { kind, id, value }: Change): boolean {
  return isSame(withoutRevisions(state.game[kind][id] ?? null), withoutRevisions(value))
}

function withoutRevisions(entity: object | null): object | null {
  return entity && { ...entity, revisions: null }
}

/** Which it is could be hidden from a player. */
function changedSince({ kind, id }: Change, by: Viewer): Refusal {
  return {
    refused: 'conflict',
    detail: 'Something else has changed this since',
    ...(by.role === 'gm' ? { extras: { kind, entity: id } } : {}),
  }
}

function lineOf(code: 'undone' | 'redone', of: UndoMark): Line {
  const said = { code, params: { what: of.command } }
  return of.isShown ? openLine(said) : { ...gmLine(said), owner: of.asGm ? null : of.by }
}
