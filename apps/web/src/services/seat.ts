import type { TokenPair } from '@innkeeper/client/token-refresh'
import { parseRecord, parseStrings, parseText } from './parse'
import { parseStoredPair, parseTokenPair } from './token-pair'

/** A place at a table, with everything that this browser needs to come back to it. */
export interface Seat {
  readonly session: { readonly id: string; readonly code: string; readonly name: string }
  readonly player: { readonly uuid: string; readonly name: string; readonly role: string }
  readonly tokens: TokenPair
  /** Opens the live channel. Not the player's uuid: that one is public. */
  readonly channelToken: string
}

/** A seat that was just taken. The recovery key is shown and then forgotten: storage never sees it. */
export interface TakenSeat {
  readonly seat: Seat
  readonly recoveryKey: string | null
}

/** @returns the answer of create, join and recover @throws when it has another shape */
export function parseTakenSeat(answer: unknown): TakenSeat {
  const { session, player, token, recoveryKey } = parseRecord(answer)
  return {
    seat: {
      session: parseStrings(session, ['id', 'code', 'name']),
      player: parseStrings(player, ['uuid', 'name', 'role']),
      tokens: parseTokenPair(answer),
      channelToken: parseText(token),
    },
    recoveryKey: recoveryKey === undefined || recoveryKey === null ? null : parseText(recoveryKey),
  }
}

/** @returns what storage holds, or null for nothing, an older form, or something that is not ours */
export function parseSeat(text: string | null): Seat | null {
  if (text === null) return null
  try {
    const { v, session, player, tokens, channelToken } = parseRecord(JSON.parse(text))
    if (v !== 1) return null
    return {
      session: parseStrings(session, ['id', 'code', 'name']),
      player: parseStrings(player, ['uuid', 'name', 'role']),
      tokens: parseStoredPair(tokens),
      channelToken: parseText(channelToken),
    }
  } catch {
    return null
  }
}

/** @returns the text that `parseSeat` reads */
export function toSeatText(seat: Seat): string {
  return JSON.stringify({ v: 1, ...seat })
}
