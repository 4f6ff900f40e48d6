import type { PresenceStatus } from '@innkeeper/protocol/frames'
import type { TableState } from '@innkeeper/tabletop/table/table-state'

/** Someone at the table, as the list shows them. */
export interface PlayerView {
  readonly uuid: string
  readonly name: string
  /** Has the game master's tools now, whether lent or their own. */
  readonly isGm: boolean
  /** Until when the tools are lent to them (epoch ms); null: they are not. */
  readonly lentUntil: number | null
  readonly isMe: boolean
  /** `unknown` while the own connection is away. */
  readonly status: PresenceStatus | 'unknown'
  /** Names of the characters that are theirs. */
  readonly characters: readonly string[]
  /** When they last did something that the log tells of (epoch ms); null: it tells of nothing. */
  readonly lastActedAt: number | null
}

/**
 * @param statuses  who is connected, by uuid; null while the own connection is away and nobody can know
 * @returns everyone who has a seat: the game master, oneself, and the others in the order of their coming
 */
export function toPlayerViews(
  { players, game, log }: TableState,
  statuses: ReadonlyMap<string, PresenceStatus> | null,
  me: string,
): readonly PlayerView[] {
  const lastActs = new Map(log.map(({ by, at }) => [by, at]))
  const characters = Object.values(game.character)
  const seated = Object.values(players).filter(({ role }) => role !== 'watcher')
  const views = seated.map(({ uuid, name, role, lentUntil }) => ({
    uuid,
    name,
    isGm: role === 'gm',
    lentUntil: lentUntil ?? null,
    isMe: uuid === me,
    status: statuses === null ? ('unknown' as const) : (statuses.get(uuid) ?? 'left'),
    characters: characters.filter(({ owner }) => owner === uuid).map((character) => character.name),
    lastActedAt: lastActs.get(uuid) ?? null,
  }))
  return views.sort((a, b) => rankOf(a) - rankOf(b))
}

function rankOf({ isGm, lentUntil, isMe }: PlayerView): number {
  if (isGm && lentUntil === null) return 0
  return isMe ? 1 : 2
}
