import { ref } from 'vue'
import { useProblemText } from '../../services/problem-text'

/** Asks the server for one control or form, one request at a time. */
export function useRequest() {
  const toText = useProblemText()
  const isBusy = ref(false)
  const failure = ref<string | null>(null)

  /** @returns the answer in an object, or null when there is none: see `failure` */
  async function ask<Answer>(request: () => Promise<Answer>): Promise<{ readonly answer: Answer } | null> {
    if (isBusy.value) return null
    isBusy.value = true
    failure.value = null
    try {
      return { answer: await request() }
    } catch (error) {
      failure.value = toText(error)
      return null
    } finally {
      isBusy.value = false
    }
  }

  return { ask, isBusy, failure }
}
