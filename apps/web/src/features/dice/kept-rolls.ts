import { parseRecord } from '../../services/parse'

/** Rolls that are a tap away, as they were sent: `1d20+5 # attack`. */
export interface KeptRolls {
  /** Starred, in the order of starring. */
  readonly starred: readonly string[]
  /** Newest first; none of them starred. */
  readonly recent: readonly string[]
}

export const noRolls: KeptRolls = { starred: [], recent: [] }
const mostRecent = 8
const mostStarred = 24

/** @returns the rolls with one more that was just made */
export function rememberRoll({ starred, recent }: KeptRolls, text: string): KeptRolls {
  if (starred.includes(text)) return { starred, recent }
  return { starred, recent: [text, ...recent.filter((known) => known !== text)].slice(0, mostRecent) }
}

/** @returns the rolls with one starred, or no longer; the oldest star gives way to one too many */
export function toggleStar({ starred, recent }: KeptRolls, text: string): KeptRolls {
  if (starred.includes(text))
    return rememberRoll({ starred: starred.filter((known) => known !== text), recent }, text)
  return {
    starred: [...starred, text].slice(-mostStarred),
    recent: recent.filter((known) => known !== text),
  }
}

/** @returns the rolls without one */
export function forgetRoll({ starred, recent }: KeptRolls, text: string): KeptRolls {
  const others = (known: string) => known !== text
  return { starred: starred.filter(others), recent: recent.filter(others) }
}

/** @returns what `JSON.stringify` made of them; nothing for anything else */
export function parseKeptRolls(text: string | null): KeptRolls {
  try {
    const { starred, recent } = parseRecord(JSON.parse(text ?? 'null'))
    return { starred: parseTexts(starred, mostStarred), recent: parseTexts(recent, mostRecent) }
  } catch {
    return noRolls
  }
}

function parseTexts(value: unknown, most: number): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string').slice(0, most) : []
}
