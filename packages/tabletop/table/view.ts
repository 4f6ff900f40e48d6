import { assertNever } from '@innkeeper/protocol/tools'
import type { Audience, Viewer } from '@innkeeper/rooms/room-type'
import { viewCharacter } from '../characters/view-character'
import { isSame } from './is-same'
import type { Change, Entities } from './changes'
import type { Line } from './log-lines'
import type { ConcealedRoll, DiceRolled } from './messages'
import type {
  DiceSeeded,
  DrawAudience,
  GameChanged,
  GameTurnedBack,
  ImportedEntry,
  RecordedTableEvent,
} from './table-events'
import type { LogEntry, PlayerSeat, TableState, UndoMark, UndoMarks } from './table-state'
import { viewCombat, viewCombatant, viewVitals } from './view-creatures'

/** @returns the table as one viewer may see it: only what is listed here */
export function view(state: TableState, viewer: Viewer): TableState {
  return {
    name: state.name,
    language: state.language,
    edition: state.edition,
    houseRules: state.houseRules,
    players: viewEach(state.players, viewSeat),
    game: viewGame(state.game, viewer),
    dice: state.dice && { number: state.dice.number, commit: state.dice.commit },
    marks: viewMarks(state.marks, viewer),
    log: state.log.flatMap((entry) => viewEntry(entry, viewer) ?? []),
  }
}

/** @returns the event as one viewer may see it, or null */
export function viewEvent(event: RecordedTableEvent, viewer: Viewer): RecordedTableEvent | null {
  switch (event.name) {
    case 'player.joined':
      return event
    case 'seat.changed':
    case 'table.edited': {
      const lines = viewLines(event.payload.lines, viewer)
      return event.name === 'seat.changed'
        ? { ...event, payload: { ...event.payload, lines } }
        : { ...event, payload: { ...event.payload, lines } }
    }
    case 'seat.claimed':
      return isGm(viewer) ? event : null
    case 'dice.seeded':
      return { ...event, payload: withoutSeed(event.payload, viewer) }
    case 'dice.rolled': {
      const payload = viewRoll(event.payload, event.by, viewer)
      if (payload === event.payload) return event
      return payload && { ...event, payload }
    }
    case 'character.changed':
    case 'combat.changed': {
      const payload = viewChanged(event.payload, event.by, viewer)
      return payload && { ...event, payload }
    }
    case 'undone':
    case 'redone': {
      const payload = viewTurnedBack(event.payload, viewer)
      return payload && { ...event, payload }
    }
    case 'log.imported': {
      const entries = event.payload.entries.flatMap((entry) => viewImported(entry, viewer) ?? [])
      return entries.length === 0 ? null : { ...event, payload: { entries } }
    }
    default:
      return assertNever(event)
  }
}

/** @returns how far apart the views of an event lie */
export function audienceOf(event: RecordedTableEvent): Audience {
  switch (event.name) {
    case 'player.joined':
    case 'dice.seeded':
      return 'everyone'
    case 'seat.claimed':
      return 'role'
    case 'dice.rolled':
      return event.payload.visibility === 'public' ? 'everyone' : 'player'
    default:
      return 'player'
  }
}

const isGm = (viewer: Viewer): boolean => viewer.role === 'gm'

/** Whoever only watches sees what everyone sees, even where their uuid has a seat. */
const isPlayer = (viewer: Viewer, uuid: string): boolean => viewer.uuid === uuid && viewer.role !== 'watcher'

/**
 * The one place that says who sees what of a roll, live and in the log.
 *
 * @param by  uuid of who rolled
 * @returns the roll itself, what is left of it, or null
 */
function viewRoll(roll: DiceRolled, by: string, viewer: Viewer): DiceRolled | null {
  const isRoller = isPlayer(viewer, by)
  switch (roll.visibility) {
    case 'public':
      return roll
    case 'gm':
      return isGm(viewer) || isRoller ? roll : null
    case 'self':
      return isRoller ? roll : null
    case 'blind':
      if (isGm(viewer)) return roll
      return isRoller ? conceal(roll) : null
    default:
      return assertNever(roll)
  }
}

function conceal(roll: DiceRolled): ConcealedRoll {
  const { expression, label } = roll
  return { visibility: 'blind', expression, ...(label === undefined ? {} : { label }), concealed: true }
}

function withoutSeed({ number, commit, revealed, lines }: DiceSeeded, viewer: Viewer): DiceSeeded {
  return {
    number,
    commit,
    ...(revealed ? { revealed } : {}),
    ...(lines ? { lines: viewLines(lines, viewer) } : {}),
  }
}

function viewChanged(changed: GameChanged, by: string, viewer: Viewer): GameChanged | null {
  const { draw, mark } = changed
  const changes = viewChanges(changed.changes, viewer)
  const lines = viewLines(changed.lines, viewer)
  const isTheirs = isGm(viewer) || isPlayer(viewer, by)
  const shown = {
    changes,
    lines,
    ...(draw && isDrawShown(draw.shownTo, isTheirs, viewer) ? { draw } : {}),
    ...(mark && isTheirs ? { mark } : {}),
  }
  return changes.length === 0 && lines.length === 0 && !isTheirs ? null : shown
}

function isDrawShown(to: DrawAudience, isTheirs: boolean, viewer: Viewer): boolean {
  if (to === 'gm') return isGm(viewer)
  return to === 'everyone' || isTheirs
}

function viewTurnedBack(turned: GameTurnedBack, viewer: Viewer): GameTurnedBack | null {
  const changes = viewChanges(turned.changes, viewer)
  const lines = viewLines(turned.lines, viewer)
  const of = turned.of && isMarkOf(viewer)(turned.of) ? turned.of : undefined
  if (changes.length === 0 && lines.length === 0 && of === undefined) return null
  return of === undefined ? { changes, lines } : { changes, lines, of }
}

/** What a viewer sees of changes: those that make no difference to them are left out, so nothing hidden shows. */
function viewChanges(changes: readonly Change[], viewer: Viewer): readonly Change[] {
  return changes.flatMap((change) => viewChange(change, viewer) ?? [])
}

function viewChange(change: Change, viewer: Viewer): Change | null {
  switch (change.kind) {
    case 'character': {
      const seen = difference(change, (entity) => viewCharacter(entity, viewer))
      return seen && { kind: 'character', id: change.id, value: seen.value }
    }
    case 'vitals': {
      const seen = difference(change, (entity) => viewVitals(entity, viewer))
      return seen && { kind: 'vitals', id: change.id, value: seen.value }
    }
    case 'combatant': {
      const seen = difference(change, (entity) => viewCombatant(entity, viewer))
      return seen && { kind: 'combatant', id: change.id, value: seen.value }
    }
    case 'combat': {
      const seen = difference(change, (entity) => viewCombat(entity, viewer))
      return seen && { kind: 'combat', id: change.id, value: seen.value }
    }
    default:
      return assertNever(change)
  }
}

interface Difference<Entity> {
  readonly value: Entity | null
}

function difference<Entity>(
  { value, before }: { readonly value: Entity | null; readonly before?: Entity | null },
  viewEntity: (entity: Entity) => Entity | null,
): Difference<Entity> | null {
  const seen = value && viewEntity(value)
  const seenBefore = before ? viewEntity(before) : null
  return isSame(seen, seenBefore) ? null : { value: seen }
}

function viewGame(game: Entities, viewer: Viewer): Entities {
  return {
    character: viewEach(game.character, (entity) => viewCharacter(entity, viewer)),
    vitals: viewEach(game.vitals, (entity) => viewVitals(entity, viewer)),
    combatant: viewEach(game.combatant, (entity) => viewCombatant(entity, viewer)),
    combat: viewEach(game.combat, (entity) => viewCombat(entity, viewer)),
  }
}

function viewEach<Entity>(
  entities: Readonly<Record<string, Entity>>,
  viewEntity: (entity: Entity) => Entity | null,
): Readonly<Record<string, Entity>> {
  const seen: [string, Entity][] = []
  for (const [id, entity] of Object.entries(entities)) {
    const shown = viewEntity(entity)
    if (shown !== null) seen.push([id, shown])
  }
  return Object.fromEntries(seen)
}

function viewSeat({ uuid, name, role, since, lentUntil }: PlayerSeat): PlayerSeat {
  const seat = { uuid, name, role, since }
  return lentUntil === undefined ? seat : { ...seat, lentUntil }
}

function viewMarks({ done, undone }: UndoMarks, viewer: Viewer): UndoMarks {
  const isSeen = isMarkOf(viewer)
  return { done: done.filter(isSeen), undone: undone.filter(isSeen) }
}

function isMarkOf(viewer: Viewer): (mark: UndoMark) => boolean {
  return (mark) => isGm(viewer) || isPlayer(viewer, mark.by)
}

function viewLines(lines: readonly Line[], viewer: Viewer): readonly Line[] {
  return lines.flatMap((line) => viewLine(line, viewer) ?? [])
}

function viewLine(line: Line, viewer: Viewer): Line | null {
  const { owner, shown } = line
  if (isGm(viewer) || (owner !== null && isPlayer(viewer, owner))) return line
  return shown && { owner, full: null, shown }
}

function viewEntry(entry: LogEntry, viewer: Viewer): LogEntry | null {
  const shown = viewImported(entry, viewer)
  return shown && { seq: entry.seq, ...shown }
}

function viewImported(entry: ImportedEntry, viewer: Viewer): ImportedEntry | null {
  const { at, by } = entry
  if (entry.name === 'line') {
    const payload = viewLine(entry.payload, viewer)
    return payload && { at, by, name: 'line', payload }
  }
  const payload = viewRoll(entry.payload, by, viewer)
  return payload && { at, by, name: 'dice.rolled', payload }
}
