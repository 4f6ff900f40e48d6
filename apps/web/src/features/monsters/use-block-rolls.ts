import type { DiceResult } from '@innkeeper/tabletop/dice/dice-result'
import { ref } from 'vue'
import { parseTableEvent } from '../table/parse-table'
import { useCommand } from '../table/use-command'

/** Rolls off a stat block: for everyone, or for the game master alone. */
export function useBlockRolls() {
  const { run, failure } = useCommand()
  const isSecret = ref(false)
  const latest = ref<{ readonly label: string; readonly total: string } | null>(null)

  async function roll(expression: string, label: string): Promise<void> {
    const visibility = isSecret.value ? 'gm' : 'public'
    const frame = await run('dice.roll', { expression, visibility, label })
    const event = frame && parseTableEvent(frame)
    if (event?.name === 'dice.rolled' && 'result' in event.payload)
      latest.value = { label, total: totalOf(event.payload.result) }
  }

  return { roll, isSecret, latest, failure }
}

function totalOf({ outcomes }: DiceResult): string {
  return outcomes.map(({ total }) => total).join(', ')
}
