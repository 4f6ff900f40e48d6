import { saidOf } from '@innkeeper/tabletop/table/log-lines'
import { ownOf } from '@innkeeper/tabletop/table/own-of'
import type { TableState, UndoMark } from '@innkeeper/tabletop/table/table-state'

/** What the next undo or redo is about. */
export interface UndoName {
  /** Name of the command. */
  readonly command: string
  /** Whom it was done to, as the log names them. */
  readonly whom: readonly string[]
  /** Who gave it; null: the viewer. */
  readonly by: string | null
}

/** @returns what would be taken back next, or done again; null: nothing */
export function undoName(
  table: TableState,
  kind: keyof TableState['marks'],
  { me, isGm }: { readonly me: string; readonly isGm: boolean },
): UndoName | null {
  const mark = table.marks[kind].findLast((known) => isGm || (known.by === me && !known.asGm))
  if (mark === undefined) return null
  const by = mark.by === me ? null : (ownOf(table.players, mark.by)?.name ?? null)
  return { command: mark.command, whom: namesIn(table, mark), by }
}

function namesIn({ log }: TableState, { seq }: UndoMark): readonly string[] {
  const names = log.flatMap((entry) => {
    if (entry.seq !== seq || entry.name !== 'line') return []
    const name = saidOf(entry.payload)?.params['name']
    return typeof name === 'string' ? [name] : []
  })
  return [...new Set(names)]
}
