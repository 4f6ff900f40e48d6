import { webPlatform } from '@innkeeper/client/web-platform'
import type { RollVisibility } from '@innkeeper/tabletop/table/messages'
import { computed, ref } from 'vue'
import { useTableRoom } from '../table/table-room'
import { addDie, isModeIdle, prepareRoll } from './prepare-roll'
import { useDiceProblemText } from './use-dice-problem-text'
import { usePreparation } from './use-preparation'

/**
 * The tray, and the throw of what lies in it.
 *
 * @param remember  told each expression that was rolled and is worth a second time
 */
export function useDiceTray(remember: (expression: string) => void) {
  const { send, isGm } = useTableRoom()
  const { random } = webPlatform()
  const { ofError } = useDiceProblemText()
  const preparation = usePreparation()
  const { text, mode, modifier, current, isEmpty, canonical, wanted, put } = preparation
  const visibility = ref<RollVisibility>('public')
  const isCollecting = ref(false)
  const failure = ref<string | null>(null)

  // To the one who leads, a roll for the game master, for oneself and a blind one are all the same.
  const visibilities = computed<readonly RollVisibility[]>(() =>
    isGm.value ? ['public', 'gm'] : ['public', 'gm', 'self', 'blind'],
  )

  async function rollNow(expression: string): Promise<boolean> {
    failure.value = null
    try {
      // The nonce is this player's share in the dice: the table has committed to its own before it knows this one.
      await send('dice.roll', { expression, visibility: visibility.value, nonce: random.uuid() })
      return true
    } catch (error) {
      failure.value = ofError(error, expression)
      return false
    }
  }

  /** One die: rolled at once, or put to the others. */
  async function tapDie(sides: number): Promise<void> {
    if (isCollecting.value) {
      text.value = addDie(text.value, sides)
      return
    }
    const one = { ...current.value, text: `1d${sides}` }
    const expression = prepareRoll(one)
    // An advantage that this die could not use waits for the d20 that it is meant for.
    if (!isModeIdle(one)) mode.value = 'normal'
    modifier.value = 0
    if (expression !== one.text) remember(expression)
    await rollNow(expression)
  }

  /** Rolls what is written; what the table refuses comes back to be mended, unless something else is written by now. */
  async function rollWritten(): Promise<void> {
    if (isEmpty.value) return
    const before = current.value
    const expression = canonical.value ?? wanted.value
    // What was prepared was prepared for one roll: a forgotten advantage would cheat at the next one.
    put({ text: '', mode: 'normal', modifier: 0 })
    if (await rollNow(expression)) remember(expression)
    else if (text.value === '') put(before)
  }

  return {
    ...preparation,
    ...{ visibility, visibilities, isCollecting, failure },
    ...{ tapDie, rollWritten, rollNow },
  }
}
