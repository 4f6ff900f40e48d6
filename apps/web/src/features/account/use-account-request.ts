import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { parseProblem, useProblemText } from '../../services/problem-text'

/** Why the server may refuse a password. */
const passwordRefusals = ['too_short', 'too_long', 'malformed', 'common', 'own_name'] as const

/** Which field of a form the server's no is about. A password that is wrong is not one that may not be chosen. */
const blamed: Readonly<Record<string, 'name' | 'password' | 'newPassword'>> = {
  '/problems/name-taken': 'name',
  '/problems/name-refused': 'name',
  '/problems/credentials-wrong': 'password',
  '/problems/password-refused': 'newPassword',
}

/** One request at a time, with its failure in words, and the field that has to be mended. */
export function useAccountRequest() {
  const toText = useProblemText()
  const { t } = useI18n()
  const isBusy = ref(false)
  const failure = ref<string | null>(null)
  const blame = ref<(typeof blamed)[string] | null>(null)

  /** @returns whether it was done; `failure` says why not */
  async function run(work: () => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    failure.value = blame.value = null
    try {
      await work()
      return true
    } catch (error) {
      failure.value = say(error)
      blame.value = blamed[String(parseProblem(error)?.['type'])] ?? null
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

  return { isBusy, failure, blame, run }
}
