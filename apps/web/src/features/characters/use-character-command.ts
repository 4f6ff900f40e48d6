import { useI18n } from 'vue-i18n'
import { parseProblem, useProblemText } from '../../services/problem-text'
import { useCommand } from '../table/use-command'
import { toRefusal } from './to-refusal'

/** Gives commands about characters for one control or form, and says in words of the sheet why one was refused. */
export function useCharacterCommand() {
  const { t } = useI18n()
  const toText = useProblemText()
  return useCommand((error, command) => {
    const refusal = toRefusal(parseProblem(error), command)
    return refusal === null ? toText(error) : t(refusal.key, refusal.named ?? {})
  })
}
