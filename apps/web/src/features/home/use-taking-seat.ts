import { ref, shallowRef } from 'vue'
import { parseProblem, useProblemText } from '../../services/problem-text'
import type { TakenSeat } from '../../services/seat'
import { useSittingDown } from './use-sitting-down'

/** What every way to a seat shares: one request at a time, a failure in words, and on to the table. */
export function useTakingSeat() {
  const { sitDown } = useSittingDown()
  const toText = useProblemText()
  const isBusy = ref(false)
  const failure = ref<string | null>(null)
  /** A name that is free, where the one that was asked for is taken; `failure` is null then. */
  const suggestion = shallowRef<string | null>(null)

  async function takeSeat(request: () => Promise<TakenSeat>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    failure.value = null
    suggestion.value = null
    try {
      await sitDown(await request())
    } catch (error) {
      suggestion.value = suggestionIn(error)
      if (suggestion.value === null) failure.value = toText(error)
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy, failure, suggestion, takeSeat, sitDown }
}

function suggestionIn(error: unknown): string | null {
  const suggestion = parseProblem(error)?.['suggestion']
  return typeof suggestion === 'string' ? suggestion : null
}
