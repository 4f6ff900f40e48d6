import type { AxiosInstance } from 'axios'
import { parseRecord, parseStrings } from '../../services/parse'

/** A table to look on at, and the way in. */
export interface Watched {
  readonly session: { readonly id: string; readonly code: string; readonly name: string }
  readonly ticket: string
}

/**
 * @param http  without a token: a screen has none
 * @throws an axios error with the server's problem in it
 */
export async function watchTable(http: AxiosInstance, code: string): Promise<Watched> {
  const { data } = await http.post<unknown>('/api/session/watch', { code })
  return {
    session: parseStrings(parseRecord(data)['session'], ['id', 'code', 'name']),
    ...parseStrings(data, ['ticket']),
  }
}
