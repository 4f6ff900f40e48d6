import { parseList, parseNumber, parseRecord, parseStrings, parseText } from '../../services/parse'

/** One device that is signed in with the account. */
export interface SignIn {
  readonly id: string
  /** This very browser. */
  readonly isCurrent: boolean
  /** What the browser called itself; null when it said nothing. */
  readonly userAgent: string | null
  /** About where from, such as `203.0.113.0/24`. */
  readonly ipPrefix: string | null
  /** Milliseconds since the epoch, as all times here. */
  readonly lastUsedAt: number
}

/** A table at which the account has a seat. */
export interface OwnTable {
  readonly id: string
  readonly name: string
  readonly isGm: boolean
  /** What the account's player is called there. */
  readonly playerName: string
  readonly lastPlayedAt: number
}

/** @returns the devices, this one first @throws TypeError, as below, when the answer has another shape */
export function parseSignIns(answer: unknown): readonly SignIn[] {
  const signIns = parseList(parseRecord(answer)['signIns'], parseSignIn)
  return signIns.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.lastUsedAt - a.lastUsedAt)
}

function parseSignIn(value: unknown): SignIn {
  const { id, current, device, lastUsedAt } = parseRecord(value)
  const { userAgent, ipPrefix } = parseRecord(device)
  return {
    id: parseText(id),
    isCurrent: current === true,
    userAgent: typeof userAgent === 'string' ? userAgent : null,
    ipPrefix: typeof ipPrefix === 'string' ? ipPrefix : null,
    lastUsedAt: parseNumber(lastUsedAt),
  }
}

/** @returns the tables, the latest played first */
export function parseTables(answer: unknown): readonly OwnTable[] {
  return parseList(parseRecord(answer)['tables'], (value) => {
    const { role, player, lastPlayedAt } = parseRecord(value)
    return {
      ...parseStrings(value, ['id', 'name']),
      isGm: role === 'gm',
      playerName: parseText(parseRecord(player)['name']),
      lastPlayedAt: parseNumber(lastPlayedAt),
    }
  })
}
