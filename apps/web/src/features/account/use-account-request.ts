import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { parseProblem, useProblemText } from '../../services/problem-text'

/** Why the server may refuse a password. */
const passwordRefusals = ['too_short', 'too_long', 'malformed', 'common', 'own_name'] as const

/** One request at a time, with its failure in words. */
export function useAccountRequest() {
  const toText = useProblemText()
  const { t } = useI18n()
  const isBusy = ref(false)
  const failure = ref<string | null>(null)

  /** @returns whether it was done; `failure` says why not */
  async function run(work: () => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    failure.value = null
    try {
      await work()
      return true
    } catch (error) {
      failure.value = say(error)
      return false
    } finally {
      isBusy.value = false
    }
  }

  function say(error: unknown): string {
    const problem = parseProblem(error)
    const refusal = passwordRefusals.find((known) => known === problem?.['reason'])
    if (refusal !== undefined) return t(`account.passwordRefused.${refusal}`)
    if (problem?.['type'] === '/problems/name-taken') return t('account.nameTaken')
    return problem?.['type'] === '/problems/name-refused' ? t('account.nameRefused') : toText(error)
  }

  return { isBusy, failure, run }
}
