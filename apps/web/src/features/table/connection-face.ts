import type { HonestyLevel } from '@innkeeper/client/connection-honesty'
import type { ConnectionState } from '@innkeeper/client/connection-state'

/**
 * What the header says of the connection. `away` is a mark without words: for the first seconds of a drop most players
 * need not know, and after ten they must.
 */
export type ConnectionFace = 'entering' | 'synced' | 'sending' | 'away' | 'lost' | 'ended'

/** @param waiting  how many commands have no answer */
export function toConnectionFace(
  state: ConnectionState,
  honesty: HonestyLevel,
  waiting: number,
): ConnectionFace {
  if (state.kind === 'ended') return 'ended'
  if (state.kind === 'connecting' && state.sinceMs === null) return 'entering'
  if (honesty === 'icon') return 'away'
  if (honesty !== 'quiet') return 'lost'
  return waiting > 0 ? 'sending' : 'synced'
}
