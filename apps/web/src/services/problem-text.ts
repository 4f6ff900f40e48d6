import { CommandLost, CommandRefused, QueueFull } from '@innkeeper/client/outbox'
import { NoAnswer, RequestRefused } from '@innkeeper/client/request'
import { isAxiosError } from 'axios'
import { useI18n } from 'vue-i18n'

/** @returns a function that says in the player's language what went wrong */
export function useProblemText(): (error: unknown) => string {
  const { t, te } = useI18n()
  return (error) => {
    if (error instanceof QueueFull) return t('problem.queueFull')
    if (error instanceof CommandLost) return t('problem.lost')
    if (error instanceof NoAnswer || (isAxiosError(error) && error.response === undefined))
      return t('problem.network')
    const type = parseProblem(error)?.['type']
    const key = `problem.${typeof type === 'string' ? type.replace('/problems/', '') : 'unknown'}`
    return te(key) ? t(key) : t('problem.unknown')
  }
}

/** @returns the problem that the server sent with a refusal, by REST or by socket, or null */
export function parseProblem(error: unknown): Readonly<Record<string, unknown>> | null {
  const body: unknown =
    error instanceof CommandRefused || error instanceof RequestRefused
      ? error.problem
      : isAxiosError(error)
        ? error.response?.data
        : null
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : null
}
