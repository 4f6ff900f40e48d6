import { CommandCancelled, CommandKept } from '@innkeeper/client/outbox'
import type { EventFrame } from '@innkeeper/protocol/frames'
import { computed, ref } from 'vue'
import { useProblemText } from '../../services/problem-text'
import { useTableRoom } from './table-room'

/** A command as the table takes it. */
export interface GivenCommand {
  readonly name: string
  readonly payload: unknown
}

/**
 * Gives commands for one control or form. Several may be under way: a game master taps faster than a bad line answers.
 *
 * @param explain  says in words why a command was refused or lost; as for any problem of the page when it is left out
 * @returns `failure` is what was refused last, in the reader's language; the next command clears it
 */
export function useCommand(explain: (error: unknown, command: GivenCommand) => string = useProblemText()) {
  const room = useTableRoom()
  const underWay = ref(0)
  const failure = ref<string | null>(null)

  /** @returns the event that acknowledges the command, or null when it was refused or lost: see `failure` */
  async function run(name: string, payload: unknown): Promise<EventFrame | null> {
    failure.value = null
    underWay.value += 1
    try {
      return await room.send(name, payload)
    } catch (error) {
      // Called off by whoever gave it, or kept for when they are back at the table: nothing has failed.
      const isWanted = error instanceof CommandCancelled || error instanceof CommandKept
      if (!isWanted) failure.value = explain(error, { name, payload })
      return null
    } finally {
      underWay.value -= 1
    }
  }

  return { run, failure, isBusy: computed(() => underWay.value > 0) }
}
