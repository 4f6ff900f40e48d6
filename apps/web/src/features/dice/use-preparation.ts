import { parseDice } from '@innkeeper/tabletop/dice/parse-dice'
import { printDice } from '@innkeeper/tabletop/dice/print-dice'
import { computed, ref } from 'vue'
import { isModeIdle, type Preparation, prepareRoll } from './prepare-roll'
import { useDiceProblemText } from './use-dice-problem-text'
import type { D20Mode } from './with-advantage'

/** What lies in the tray, and what the table would make of it. */
export function usePreparation() {
  const { ofFlaw } = useDiceProblemText()
  const text = ref('')
  const mode = ref<D20Mode>('normal')
  const modifier = ref(0)

  const current = computed<Preparation>(() => ({
    text: text.value,
    mode: mode.value,
    modifier: modifier.value,
  }))
  const isEmpty = computed(() => text.value.trim() === '')
  const wanted = computed(() => prepareRoll(current.value))
  const checked = computed(() => parseDice(wanted.value))
  /** As the table will understand it, with its label; null for what it would refuse. */
  const canonical = computed(() => {
    if ('error' in checked.value) return null
    const { expression } = checked.value
    return printDice(expression) + (expression.label === undefined ? '' : ` # ${expression.label}`)
  })
  /** Why it would be refused, in the reader's language; null for what is fine, or empty. */
  const flaw = computed(() =>
    isEmpty.value || !('error' in checked.value) ? null : ofFlaw(checked.value.error, wanted.value),
  )
  const hasIdleMode = computed(() => !isEmpty.value && isModeIdle(current.value))

  function put(preparation: Preparation): void {
    text.value = preparation.text
    mode.value = preparation.mode
    modifier.value = preparation.modifier
  }

  return { text, mode, modifier, current, isEmpty, wanted, canonical, flaw, hasIdleMode, put }
}
