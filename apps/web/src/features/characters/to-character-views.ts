import type { PresenceStatus } from '@innkeeper/protocol/frames'
import type { Character } from '@innkeeper/tabletop/characters/character'
import type { Vitals } from '@innkeeper/tabletop/table/creatures'
import type { TableState } from '@innkeeper/tabletop/table/table-state'

/** A character as the party shows it to one viewer. */
export interface CharacterView {
  readonly id: string
  readonly character: Character
  readonly vitals: Vitals | null
  /** Whose it is, by name; null: the GM's. */
  readonly ownerName: string | null
  /** `unknown` while the own connection is away; null where there is no owner to be connected. */
  readonly ownerStatus: PresenceStatus | 'unknown' | null
  readonly isMine: boolean
  /** The viewer may roll, spend and write for it. */
  readonly isPlayable: boolean
}

/** Who looks, and what they may do. */
export interface Looker {
  readonly me: string
  readonly isGm: boolean
  /** Nothing can be changed. */
  readonly isFrozen: boolean
  /** Who is connected, by uuid; null while nobody can know. */
  readonly statuses: ReadonlyMap<string, PresenceStatus> | null
}

/** @returns the characters at the table: the viewer's own first, then those of players, then the GM's; each by name */
export function toCharacterViews(table: TableState, looker: Looker): readonly CharacterView[] {
  const views = Object.values(table.game.character).map((character) => toView(table, character, looker))
  return views.sort((a, b) => rankOf(a) - rankOf(b) || a.character.name.localeCompare(b.character.name))
}

function toView(
  { game, players }: TableState,
  character: Character,
  { me, isGm, isFrozen, statuses }: Looker,
): CharacterView {
  const { id, owner } = character
  const isMine = owner === me && players[me]?.role !== 'watcher'
  return {
    id,
    character,
    vitals: game.vitals[id] ?? null,
    ownerName: owner === null ? null : (players[owner]?.name ?? '?'),
    ownerStatus: owner === null ? null : statuses === null ? 'unknown' : (statuses.get(owner) ?? 'left'),
    isMine,
    isPlayable: !isFrozen && character.sheet !== null && (isMine || isGm),
  }
}

function rankOf({ isMine, character }: CharacterView): number {
  if (isMine) return 0
  return character.owner === null ? 2 : 1
}
