import { watch } from 'vue'
import { useApi } from '../../services/api'
import { useSession } from '../../stores/session'
import { tableCalls } from '../people/table-api'
import type { LiveTable } from './use-live-table'

/** The answer is the whole table once more, which must not stand in the way of the first look at it. */
const afterFirstLookMs = 2_500

/**
 * Keeps what this browser knows of its seat true: no event tells of a new join code, and the old one must not be handed
 * out. It is asked for on each arrival at the table.
 *
 * @returns `look`: asks once more, where the code is about to be shown
 */
export function useSeatNews(state: LiveTable['state']) {
  const calls = tableCalls(useApi().http)
  const session = useSession()

  async function look(): Promise<void> {
    try {
      session.amend((await calls.look()).seat)
    } catch {
      // What was known stays.
    }
  }

  watch(
    () => state.value.kind === 'live',
    (isLive, _before, onCleanup) => {
      if (!isLive) return
      const timer = setTimeout(() => void look(), afterFirstLookMs)
      onCleanup(() => clearTimeout(timer))
    },
    { immediate: true },
  )
  return { look }
}
