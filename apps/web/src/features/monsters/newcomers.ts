import type { Newcomer } from '@innkeeper/tabletop/combat/roster-payloads'
import type { HpDisplay } from '@innkeeper/tabletop/table/creatures'
import type { MonsterBrief } from './monster-brief'

/** A stat block that the game master wrote by hand. */
export type HandStats = Extract<Newcomer, { kind: 'custom' }>['stats']

/** Where a creature's numbers come from. */
export type CreatureSource =
  | { readonly kind: 'monster'; readonly monster: MonsterBrief }
  | { readonly kind: 'custom'; readonly stats: HandStats }

/** Creatures of one kind that shall come to the fight, as the dialog holds them. */
export interface CreaturePick {
  readonly kind: 'creature'
  readonly key: string
  readonly source: CreatureSource
  readonly name: string
  readonly count: number
  /** One initiative for all of them. */
  readonly isGroup: boolean
  readonly isHidden: boolean
  /** Empty: players read the name. */
  readonly alias: string
  readonly hpShown: HpDisplay
  readonly hp: 'average' | 'rolled'
  /** null: rolled when the fight begins, or by hand. */
  readonly initiative: number | null
}

export interface LairPick {
  readonly kind: 'lair'
  readonly key: string
  readonly name: string
  readonly isHidden: boolean
}

export interface CharacterPick {
  readonly kind: 'character'
  readonly key: string
  readonly name: string
  readonly initiative: number | null
}

/** Somebody who was chosen to come. `key` tells them apart, and is the id of a character. */
export type NewcomerPick = CreaturePick | LairPick | CharacterPick

/** The most of one kind that one command brings. */
export const mostOfOneKind = 30

/** What a pick is before anybody changes it. */
const usual = {
  kind: 'creature',
  count: 1,
  isGroup: true,
  isHidden: false,
  alias: '',
  hpShown: 'label',
  hp: 'average',
  initiative: null,
} as const

/** @param name  what it is called at this table */
export function pickMonster(monster: MonsterBrief, name: string): CreaturePick {
  return { ...usual, key: `monster:${monster.id}`, name, source: { kind: 'monster', monster } }
}

/** @param key  no other pick has it */
export function pickByHand(key: string, stats: HandStats, count: number): CreaturePick {
  return { ...usual, key, name: stats.name, count, source: { kind: 'custom', stats } }
}

/** @returns the picks with one more of this kind, behind the others when it is the first */
export function withOneMore(picks: readonly NewcomerPick[], pick: CreaturePick): readonly NewcomerPick[] {
  const known = picks.find((other): other is CreaturePick => other.key === pick.key)
  return known ? withCount(picks, pick.key, known.count + 1) : [...picks, pick]
}

/** @returns the picks with so many of a kind; none of it: without */
export function withCount(
  picks: readonly NewcomerPick[],
  key: string,
  count: number,
): readonly NewcomerPick[] {
  if (count < 1) return picks.filter((pick) => pick.key !== key)
  return picks.map((pick) =>
    pick.key === key && pick.kind === 'creature' ? { ...pick, count: Math.min(count, mostOfOneKind) } : pick,
  )
}

/** @returns the picks with one of them as it is now */
export function withPick(picks: readonly NewcomerPick[], changed: NewcomerPick): readonly NewcomerPick[] {
  return picks.map((pick) => (pick.key === changed.key ? changed : pick))
}

/** @returns how many rows the fight will have more */
export function headCount(picks: readonly NewcomerPick[]): number {
  return picks.reduce((sum, pick) => sum + (pick.kind === 'creature' ? pick.count : 1), 0)
}

/** @returns the payload of one `combat.add` that brings all of them */
export function toAddition(picks: readonly NewcomerPick[]): { readonly combatants: readonly Newcomer[] } {
  return { combatants: picks.map(toNewcomer) }
}

function toNewcomer(pick: NewcomerPick): Newcomer {
  switch (pick.kind) {
    case 'character':
      return { kind: 'character', id: pick.key, initiative: pick.initiative }
    case 'lair':
      return { kind: 'lair', name: pick.name.trim(), alias: null, isHidden: pick.isHidden }
    case 'creature': {
      const { source, count, isGroup, isHidden, hpShown, hp, initiative } = pick
      const alias = pick.alias.trim() || null
      const many = { alias, count, isGroup, isHidden, hpShown, hp, initiative, diesAtZero: true }
      const name = pick.name.trim()
      return source.kind === 'monster'
        ? { kind: 'monster', monster: source.monster.id, name: name || source.monster.name, ...many }
        : { kind: 'custom', stats: { ...source.stats, name: name || source.stats.name }, ...many }
    }
  }
}
