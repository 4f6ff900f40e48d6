import { keptValue } from '../../services/kept-value'
import { parseList, parseNumber, parseRecord, parseStrings } from '../../services/parse'
import type { MonsterBrief } from './monster-brief'

/** As many as a phone shows without scrolling. */
const recentMax = 6

/** @returns the monsters that came to a fight last from this browser, the latest first */
export function loadRecentMonsters(): readonly MonsterBrief[] {
  return openShelf().load() ?? []
}

/** Puts monsters in front of those that came before. */
export function rememberMonsters(used: readonly MonsterBrief[]): void {
  const shelf = openShelf()
  shelf.save(mergeRecent(used, shelf.load() ?? []))
}

/** @returns the newly used before the others, each once, as many as are kept */
export function mergeRecent(
  used: readonly MonsterBrief[],
  known: readonly MonsterBrief[],
): readonly MonsterBrief[] {
  const all = [...used, ...known]
  const first = all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index)
  return first.slice(0, recentMax)
}

/** @returns what storage holds, or null for nothing, or something that is not ours */
export function parseRecent(text: string | null): readonly MonsterBrief[] | null {
  try {
    return parseList(JSON.parse(text ?? 'null'), parseBrief)
  } catch {
    return null
  }
}

function openShelf() {
  return keptValue<readonly MonsterBrief[]>('innkeeper.monsters', {
    parse: parseRecent,
    toText: (monsters) => JSON.stringify(monsters),
  })
}

function parseBrief(value: unknown): MonsterBrief {
  const { armorClass, hitPoints } = parseRecord(value)
  return {
    ...parseStrings(value, ['id', 'name', 'hitDice', 'challenge']),
    armorClass: parseNumber(armorClass),
    hitPoints: parseNumber(hitPoints),
  }
}
