import type { RollEntry, TableState } from '@innkeeper/tabletop/table/table-state'
import type { RollView } from './roll-view'
import { toRollOutcome } from './to-roll-outcome'

/** @returns a roll under the name of its roller; whoever has left the table for good is `?` */
export function toRollView(
  { seq, at, by, payload }: RollEntry,
  { players }: Pick<TableState, 'players'>,
  me: string,
): RollView {
  const isConcealed = 'concealed' in payload
  return {
    key: String(seq),
    at,
    name: players[by]?.name ?? '?',
    isMine: by === me,
    visibility: payload.visibility,
    expression: payload.expression,
    label: payload.label ?? null,
    check: isConcealed ? null : (payload.check ?? null),
    fair: isConcealed ? null : (payload.fair ?? null),
    outcome: isConcealed ? null : toRollOutcome(payload.result),
  }
}
