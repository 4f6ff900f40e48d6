import { useI18n } from 'vue-i18n'
import { parseProblem, useProblemText } from '../../services/problem-text'

/** What is wrong with an expression, and where: UTF-16 code units from 0. */
export interface DiceFlaw {
  readonly code: string
  readonly position?: number
}

/** Why an expression is refused, in the reader's language. */
export function useDiceProblemText() {
  const { t, te } = useI18n()
  const toText = useProblemText()

  /** @returns null for a code that this page has no words for */
  function ofFlaw({ code, position }: DiceFlaw, expression: string): string | null {
    const key = `diceProblem.${code}`
    if (!te(key)) return null
    return t(key, { found: position === undefined ? '' : expression.slice(position, position + 1) })
  }

  /** @param error  of a command or a request */
  function ofError(error: unknown, expression: string): string {
    const { diceCode, position } = parseProblem(error) ?? {}
    const flaw = { code: String(diceCode), ...(typeof position === 'number' ? { position } : {}) }
    return ofFlaw(flaw, expression) ?? toText(error)
  }

  return { ofFlaw, ofError }
}
