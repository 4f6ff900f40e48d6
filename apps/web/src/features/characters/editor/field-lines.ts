import type { Words } from '@innkeeper/tabletop/language/words'
import type { FieldName } from './sheet-fields'

/** How an editor's values are put into words where two of them are compared. */
export interface Wording {
  readonly words: Words
  readonly yes: string
  readonly no: string
}

/**
 * @param value  of that field
 * @returns the field's value as short lines for a reader who chooses between two; empty for an empty one
 */
export function toFieldLines(field: FieldName, value: unknown, wording: Wording): readonly string[] {
  if (Array.isArray(value)) return value.map((entry: unknown) => inOneLine(entry, wording))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(([key, part]) => `${wordOf(key, wording)}: ${inOneLine(part, wording)}`)
  return [inOneLine(value, wording)].filter((line) => line !== '')
}

function inOneLine(value: unknown, wording: Wording): string {
  if (typeof value === 'boolean') return value ? wording.yes : wording.no
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return wordOf(value, wording)
  if (Array.isArray(value)) return value.map((entry: unknown) => inOneLine(entry, wording)).join(', ')
  if (typeof value !== 'object' || value === null) return '—'
  return Object.entries(value)
    .filter(([key, part]) => key !== 'id' && part !== null && part !== '')
    .map(([, part]) => inOneLine(part, wording))
    .join(' · ')
}

/** Codes of the sheet have words; whatever a player wrote is none of them, or reads the same. */
function wordOf(text: string, { words }: Wording): string {
  const known = [
    words.abilities,
    words.skills,
    words.proficiencies,
    words.movements,
    words.senses,
    words.coins,
    words.hitDice,
    words.conditions,
    words.damageTypes,
  ]
  const found = known.find((some) => Object.hasOwn(some, text))
  return found === undefined ? text : (Object.entries(found).find(([code]) => code === text)?.[1] ?? text)
}
