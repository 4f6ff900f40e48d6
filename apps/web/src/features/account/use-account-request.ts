import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { parseProblem, useProblemText } from '../../services/problem-text'

/** Why the server may refuse a password. */
const passwordRefusals = ['too_short', 'too_long', 'malformed', 'common', 'own_name'] as const

/** A field of a form that has to be mended, or none of them. */
type Place = 'name' | 'password' | 'newPassword' | 'other'

const noFaults = { name: null, password: null, newPassword: null, other: null }

/** Where the server's no belongs. A password that is wrong is not one that may not be chosen. */
const places: Readonly<Record<string, Place>> = {
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
  const place = ref<Place>('other')
  /** The failure where it belongs. */
  const faults = computed<Readonly<Record<Place, string | null>>>(() => ({
    ...noFaults,
    [place.value]: failure.value,
  }))

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
      place.value = places[String(parseProblem(error)?.['type'])] ?? 'other'
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

  return { isBusy, failure, faults, run }
}
