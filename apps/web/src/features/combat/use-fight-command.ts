import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { parseProblem, useProblemText } from '../../services/problem-text'
import { type GivenCommand, useCommand } from '../table/use-command'
import { useTableRoom } from '../table/table-room'

/** A command as the fight gives it. */
export interface FightCommand extends GivenCommand {
  readonly payload: object
}

/**
 * Gives commands of the fight for one sheet or bar, and says in words of the fight why one was refused.
 *
 * @returns `against`: the rules speak against this command, and the game master may overrule them by `force`
 */
export function useFightCommand() {
  const { isGm } = useTableRoom()
  const explain = useRefusalText()
  const against = shallowRef<GivenCommand | null>(null)
  const {
    run: give,
    failure,
    isBusy,
  } = useCommand((error, command) => {
    if (isGm.value && parseProblem(error)?.['mayForce'] === true) against.value = command
    return explain(error, command.name)
  })

  /** @returns the event that acknowledges the command, or null when it was refused or lost: see `failure` */
  function run(name: string, payload: object = {}) {
    against.value = null
    return give(name, payload)
  }

  async function force(): Promise<void> {
    const refused = against.value
    if (refused && typeof refused.payload === 'object')
      await run(refused.name, { ...refused.payload, isForced: true })
  }

  return { run, force, failure, against, isBusy }
}

/** What the table refuses as a conflict means something else for each command. */
function useRefusalText(): (error: unknown, command: string) => string {
  const { t, te } = useI18n()
  const toText = useProblemText()
  return (error, command) => {
    const type = parseProblem(error)?.['type']
    if (type === '/problems/not-allowed') return t('combat.notAllowed')
    if (type === '/problems/not-found') return t('combat.gone')
    if (type !== '/problems/conflict') return toText(error)
    const key = `combat.refused.${command.replace('combat.', '')}`
    return te(key) ? t(key) : t('combat.conflict')
  }
}
