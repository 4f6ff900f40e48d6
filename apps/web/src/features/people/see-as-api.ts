import type { TableState } from '@innkeeper/tabletop/table/table-state'
import type { AxiosInstance } from 'axios'
import { parseNumber, parseRecord } from '../../services/parse'
import { parseTableState } from '../table/parse-table'

/** Whose view is asked for when it is nobody's in particular: the table screen's, a stranger's. */
export const strangerUuid = 'watcher'

/** What somebody sees of the table. */
export interface SeenAs {
  readonly uuid: string
  /** The newest event in `state`. */
  readonly seq: number
  readonly state: TableState
}

/**
 * @param uuid  a player's, or `strangerUuid`
 * @throws AxiosError `not-allowed` for who does not run the game, `not-found` for who has no seat
 */
export async function seeAs(http: AxiosInstance, uuid: string): Promise<SeenAs> {
  const { data } = await http.get<unknown>(`/api/session/as/${encodeURIComponent(uuid)}`)
  const { seq, state } = parseRecord(data)
  return { uuid, seq: parseNumber(seq), state: parseTableState(state) }
}
