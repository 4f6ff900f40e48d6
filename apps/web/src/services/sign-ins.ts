import { parseList, parseNumber, parseRecord, parseText } from './parse'

/** One device that is signed in: with an account, or at a seat. */
export interface SignIn {
  readonly id: string
  /** This very browser. */
  readonly isCurrent: boolean
  /** What the browser called itself; null when it said nothing. */
  readonly userAgent: string | null
  /** About where from, such as `203.0.113.0/24`. */
  readonly ipPrefix: string | null
  /** Epoch milliseconds. */
  readonly lastUsedAt: number
}

/** @returns this device first, then the latest used @throws TypeError when the list has another shape */
export function parseSignIns(list: unknown): readonly SignIn[] {
  return parseList(list, parseSignIn).toSorted(
    (a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.lastUsedAt - a.lastUsedAt,
  )
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
