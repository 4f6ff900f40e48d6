import { onActivated, shallowRef } from 'vue'
import { useApi } from '../../services/api'
import { useSession } from '../../stores/session'
import { type OwnTable, tableCalls } from './table-api'

/**
 * What the server knows of the table besides what the table says, asked for whenever the panel comes into view. The seat
 * that this browser keeps learns of it: a code that was changed meanwhile must not be handed out.
 */
export function useOwnTable() {
  const calls = tableCalls(useApi().http)
  const session = useSession()
  const own = shallowRef<OwnTable | null>(null)

  async function look(): Promise<void> {
    try {
      own.value = await calls.look()
      session.amend(own.value.seat)
    } catch {
      // What was known stays; what hangs on it is shown when it is known.
    }
  }

  // The panel is kept alive: its first show counts as well.
  onActivated(look)
  return { own, look, calls }
}
