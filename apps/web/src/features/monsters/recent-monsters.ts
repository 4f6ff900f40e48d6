import { localTexts } from '../../services/kept-value'
import { parseList, parseNumber, parseRecord, parseStrings } from '../../services/parse'
import type { MonsterBrief } from './monster-brief'

const storageKey = 'innkeeper.monsters'
/** As many as a phone shows without scrolling. */
const recentMax = 6

/** @returns the monsters that came to a fight last from this browser, the latest first */
export function loadRecentMonsters(): readonly MonsterBrief[] {
  return parseRecent(localTexts().getItem(storageKey))
}

/** Puts monsters in front of those that came before. */
export function rememberMonsters(used: readonly MonsterBrief[]): void {
  localTexts().setItem(storageKey, JSON.stringify(mergeRecent(used, loadRecentMonsters())))
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

/** @returns what storage holds; none for something that is not ours */
export function parseRecent(text: string | null): readonly MonsterBrief[] {
  try {
    return parseList(JSON.parse(text ?? 'null'), parseBrief)
  } catch {
    return []
  }
}

function parseBrief(value: unknown): MonsterBrief {
  const { armorClass, hitPoints } = parseRecord(value)
  return {
    ...parseStrings(value, ['id', 'name', 'hitDice', 'challenge']),
    armorClass: parseNumber(armorClass),
    hitPoints: parseNumber(hitPoints),
  }
}
