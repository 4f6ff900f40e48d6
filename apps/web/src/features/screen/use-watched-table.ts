import { CannotConnect, ticketAddress, TryLater } from '@innkeeper/client/address'
import { closeCodes } from '@innkeeper/protocol/close-codes'
import { isAxiosError } from 'axios'
import { ref, shallowRef } from 'vue'
import { useApi } from '../../services/api'
import { useProblemText } from '../../services/problem-text'
import { useLiveRoom } from '../table/live-room'
import { type Watched, watchTable } from './watch-api'

/** A table that is closed to newcomers may open again; a screen on a wall has nobody to tap "again". */
const askAgainMs = 20_000

/**
 * A table as whoever looks on sees it, for a whole evening: every time that the way in ends, it asks for another with
 * the code.
 *
 * @returns `refusal`: why it is not shown, in the reader's language; null while it is, or is being looked for
 */
export function useWatchedTable(code: string) {
  const { publicHttp } = useApi()
  const toText = useProblemText()
  const watched = shallowRef<Watched | null>(null)
  const refusal = ref<string | null>(null)

  async function ask(): Promise<Watched> {
    try {
      const found = await watchTable(publicHttp, code)
      watched.value = found
      refusal.value = null
      return found
    } catch (error) {
      throw toVerdict(error)
    }
  }

  function toVerdict(error: unknown): unknown {
    const status = isAxiosError(error) ? (error.response?.status ?? 500) : 500
    // No network, a busy or a broken server: the connection tries again by itself.
    if (status >= 500 || status === 429) return error
    refusal.value = toText(error)
    return status === 403
      ? new TryLater(askAgainMs)
      : new CannotConnect('/problems/session-not-found', closeCodes.roomClosed)
  }

  const live = useLiveRoom({
    async address() {
      const { session, ticket } = await ask()
      return ticketAddress(location.origin, session.id, ticket)
    },
    // Half an hour is over, and there is another ticket for as long as the code is good. Or there is no place for one
    // more screen: a line that fails often has left several behind that the server still takes for screens.
    mayReturn: ({ code: closed }) =>
      closed === closeCodes.ticketInvalid || closed === closeCodes.alreadyConnected,
  })

  return { ...live, watched, refusal }
}
