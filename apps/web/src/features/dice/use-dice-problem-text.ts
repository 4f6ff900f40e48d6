import { useI18n } from 'vue-i18n'
import { parseProblem, useProblemText } from '../../services/problem-text'

/** @returns a function that says why an expression was refused, and where */
export function useDiceProblemText(): (error: unknown, expression: string) => string {
  const { t, te } = useI18n()
  const toText = useProblemText()
  return (error, expression) => {
    const problem = parseProblem(error)
    const key = `diceProblem.${String(problem?.['diceCode'])}`
    if (!te(key)) return toText(error)
    const position = problem?.['position']
    const found = typeof position === 'number' ? expression.slice(position, position + 1) : ''
    return t(key, { found })
  }
}
