import type { Monster, MonsterType } from './monster'
import { monsterAliases } from './monster-aliases'
import { findNamed, toNamed, type Named } from './name-search'

/** What to look for. What is absent does not matter. */
export interface MonsterQuery {
  /** A name or parts of it, in English; of the commonest creatures in Portuguese and Russian too. */
  readonly text?: string
  readonly types?: readonly MonsterType[]
  /** Challenge ratings, both ends included: 0.25 is 1/4. */
  readonly challenge?: { readonly from: number; readonly to: number }
  /** `next` of the page before. */
  readonly cursor?: string
  /** Monsters per page, from 1. */
  readonly limit?: number
}

/** One page. `total` counts all pages; `next` is null on the last one. */
export interface MonsterPage {
  readonly monsters: readonly Monster[]
  readonly total: number
  readonly next: string | null
}

/** Monsters with their names made ready for searching. */
export type MonsterIndex = readonly Named<Monster>[]

const usualLimit = 20

/** Makes monsters ready to be searched, once. Which ones is for the caller to say: those of the SRD, or a table's own. */
export function indexMonsters(monsters: readonly Monster[]): MonsterIndex {
  return monsters.map((monster) => {
    const aliases = monsterAliases[monster.id]
    return toNamed(monster, [monster.name, ...(aliases?.['pt-BR'] ?? []), ...(aliases?.ru ?? [])])
  })
}

/** @returns the best first, equally good ones in the order of the index; a cursor of another search begins anew */
export function searchMonsters(index: MonsterIndex, query: MonsterQuery): MonsterPage {
  const found = findNamed(index, query.text ?? '').filter((monster) => isWanted(monster, query))
  const start = found.findIndex(({ id }) => id === query.cursor) + 1
  const monsters = found.slice(start, start + (query.limit ?? usualLimit))
  const last = monsters.at(-1)
  const isLastPage = last === undefined || last === found.at(-1)
  return { monsters, total: found.length, next: isLastPage ? null : last.id }
}

function isWanted({ type, challenge: { rating } }: Monster, { types, challenge }: MonsterQuery): boolean {
  if (types && !types.includes(type)) return false
  return !challenge || (rating >= challenge.from && rating <= challenge.to)
}
