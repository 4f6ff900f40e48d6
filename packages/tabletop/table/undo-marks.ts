import type { Change } from './changes'
import type { TableSecrets, UndoMark, UndoMarks } from './table-state'

/** Commands of one player (or the GM) that can be taken back. */
const undoDepth = 100

/** The marks, and the changes behind them where this is the server. */
export interface UndoState {
  readonly marks: UndoMarks
  readonly secrets?: TableSecrets
}

/**
 * Remembers a command. What its author had undone before cannot be done again after it; what others had undone can:
 * each viewer sees only marks that are theirs to use, and must come to the same ones by the events that they are sent.
 */
export function addMark(
  { marks, secrets }: UndoState,
  mark: UndoMark,
  changes: readonly Change[],
): UndoState {
  const own = marks.done.filter((known) => known.by === mark.by)
  const oldest = own.length < undoDepth ? undefined : own[0]
  const done = oldest ? marks.done.filter((known) => known !== oldest) : marks.done
  const undone = marks.undone.filter((known) => known.by !== mark.by)
  const kept = { done: [...done, mark], undone }
  if (!secrets) return { marks: kept }
  const forgotten = new Set(marks.undone.filter((known) => known.by === mark.by).map(({ seq }) => seq))
  if (oldest) forgotten.add(oldest.seq)
  const undo = [...secrets.undo.filter(({ seq }) => !forgotten.has(seq)), { seq: mark.seq, changes }]
  return { marks: kept, secrets: { ...secrets, undo } }
}

/** @returns the marks after a command was taken back */
export function moveToUndone({ done, undone }: UndoMarks, mark: UndoMark): UndoMarks {
  return { done: done.filter((known) => known.seq !== mark.seq), undone: [...undone, mark] }
}

/** @returns the marks after a command was done again */
export function moveToDone({ done, undone }: UndoMarks, mark: UndoMark): UndoMarks {
  return { done: [...done, mark], undone: undone.filter((known) => known.seq !== mark.seq) }
}
