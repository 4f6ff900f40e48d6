import { ref } from 'vue'
import { useRouter } from 'vue-router'
import { useProblemText } from '../../services/problem-text'
import type { TakenSeat } from '../../services/seat'
import { useSession } from '../../stores/session'

/** What the forms of the home page share: one request at a time, a failure in words, and on to the table. */
export function useTakingSeat() {
  const session = useSession()
  const router = useRouter()
  const toText = useProblemText()
  const isBusy = ref(false)
  const failure = ref<string | null>(null)

  async function takeSeat(request: () => Promise<TakenSeat>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    failure.value = null
    try {
      session.take(await request())
      await router.push({ name: 'table' })
    } catch (error) {
      failure.value = toText(error)
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy, failure, takeSeat }
}
