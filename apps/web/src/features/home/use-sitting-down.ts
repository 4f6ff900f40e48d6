import { useRouter } from 'vue-router'
import type { TakenSeat } from '../../services/seat'
import { useSession } from '../../stores/session'

/** The last step of every way to a table. */
export function useSittingDown() {
  const session = useSession()
  const router = useRouter()

  /** The seat is taken, whether or not the page of the table can be fetched: `app.vue` says when not. */
  async function goToTable(): Promise<void> {
    await router.push({ name: 'table' }).catch(() => {})
  }

  async function sitDown(taken: TakenSeat): Promise<void> {
    session.take(taken)
    await goToTable()
  }

  return { goToTable, sitDown }
}
