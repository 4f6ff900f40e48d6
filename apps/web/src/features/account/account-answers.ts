import { parseList, parseNumber, parseRecord, parseStrings, parseText } from '../../services/parse'

/** A table at which the account has a seat. */
export interface OwnTable {
  readonly id: string
  readonly name: string
  readonly isGm: boolean
  /** What the account's player is called there. */
  readonly playerName: string
  /** Epoch milliseconds. */
  readonly lastPlayedAt: number
}

/** @returns the tables, the latest played first @throws TypeError when the answer has another shape */
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
