import { ref, shallowRef } from 'vue'
import { useCharacterCommand } from '../use-character-command'
import { parseTableEvent } from '../../table/parse-table'
import type { PlayedCharacter } from '../played-character'
import { type RestGain, toRestGains } from './rest-gains'
import type { StockRow } from './stock-rows'

/** One rest of one character: which hit dice are to be spent, and what the rest came to. */
export function useRest(played: () => PlayedCharacter) {
  const { run, isBusy, failure } = useCharacterCommand()
  /** How many of each die. */
  const dice = ref<Readonly<Record<string, number>>>({})
  const isFed = ref(true)
  const isMaximumRestored = ref(false)
  /** Null: not rested yet. */
  const gains = shallowRef<readonly RestGain[] | null>(null)

  function start(): void {
    dice.value = {}
    isFed.value = true
    isMaximumRestored.value = false
    gains.value = null
    failure.value = null
  }

  function setDie({ key, left }: StockRow, count: number): void {
    dice.value = { ...dice.value, [key]: Math.min(left, Math.max(0, count)) }
  }

  async function rest(kind: 'short' | 'long'): Promise<void> {
    const { id, sheet, vitals: before } = played()
    const hitDice = Object.entries(dice.value).flatMap(([die, count]) => (count > 0 ? [{ die, count }] : []))
    const long = { isFed: isFed.value, ...(isMaximumRestored.value ? { isMaximumRestored: true } : {}) }
    const frame = await run('character.rest', { id, kind, ...(kind === 'short' ? { hitDice } : long) })
    const event = frame && parseTableEvent(frame)
    if (event?.name !== 'character.changed') return
    const change = event.payload.changes.find((one) => one.kind === 'vitals' && one.id === id)
    const after = change?.kind === 'vitals' ? change.value : null
    gains.value = after ? toRestGains(sheet, before, after) : []
  }

  return { dice, isFed, isMaximumRestored, gains, isBusy, failure, start, setDie, rest }
}
