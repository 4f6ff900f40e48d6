import { onMounted, onUnmounted, ref, shallowRef, watch } from 'vue'
import { parseProblem, useProblemText } from '../../services/problem-text'
import { useApi } from '../../services/api'
import { seeAs, type SeenAs } from './see-as-api'

/**
 * What somebody else sees, asked for anew on request and whenever this page comes into view again.
 *
 * @param uuid  whose view is wanted now
 */
export function useSeenAs(uuid: () => string) {
  const { http } = useApi()
  const toText = useProblemText()
  const seen = shallowRef<SeenAs | null>(null)
  const isBusy = ref(false)
  const failure = ref<{ readonly text: string; readonly isForbidden: boolean } | null>(null)

  async function look(): Promise<void> {
    const wanted = uuid()
    isBusy.value = true
    failure.value = null
    try {
      const answer = await seeAs(http, wanted)
      const isNews = seen.value?.uuid !== answer.uuid || seen.value.seq !== answer.seq
      // The same moment stays the same object, so that a look at another tab keeps the place on this page.
      if (wanted === uuid() && isNews) seen.value = answer
    } catch (error) {
      if (wanted !== uuid()) return
      const isForbidden = parseProblem(error)?.['type'] === '/problems/not-allowed'
      if (isForbidden || seen.value?.uuid !== wanted) seen.value = null
      failure.value = { text: toText(error), isForbidden }
    } finally {
      isBusy.value = false
    }
  }

  function lookAgain(): void {
    if (document.visibilityState === 'visible') void look()
  }

  watch(uuid, () => void look(), { immediate: true })
  onMounted(() => document.addEventListener('visibilitychange', lookAgain))
  onUnmounted(() => document.removeEventListener('visibilitychange', lookAgain))
  return { seen, isBusy, failure, look }
}
