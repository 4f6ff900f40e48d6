import type { Ref } from 'vue'
import { useTableRoom } from '../table/table-room'
import type { HpVerb } from './parse-hp-entry'
import { moveOf } from './row-actions'
import { marked, noSelection } from './selection'
import type { ShortcutAction } from './shortcuts'
import type { Fight } from './use-fight'

/** What keys work on. */
interface KeyedFight {
  readonly fight: Fight
  readonly panel: Readonly<Ref<HTMLElement | null>>
  readonly give: (name: string, payload?: object) => Promise<void>
}

/** @returns a function that does what a key asks for, as far as the viewer may */
export function useFightKeys({ fight, panel, give }: KeyedFight): (action: ShortcutAction) => void {
  const { isGm, isFrozen, role } = useTableRoom()
  const { order, targets, sheet, verb } = fight
  const { step, mark } = useRowFocus(fight, panel)

  function open(name: 'hp' | 'conditions' | 'details' | 'add' | 'help', usual?: HpVerb): void {
    if (usual) verb.value = usual
    sheet.value = name
  }

  async function move(direction: 'up' | 'down'): Promise<void> {
    const [row] = targets.value
    const payload = row && moveOf(row, order.value?.rows ?? [], direction)
    if (payload) await give('combat.move', payload)
  }

  async function react(): Promise<void> {
    for (const { id, isReactionUsed } of targets.value)
      await give('combat.reaction', { id, isUsed: !isReactionUsed })
  }

  const forAll: Partial<Record<ShortcutAction, () => unknown>> = {
    up: () => step(-1),
    down: () => step(1),
    help: () => open('help'),
  }
  const forPlayers: Partial<Record<ShortcutAction, () => unknown>> = {
    damage: () => open('hp', 'damage'),
    heal: () => open('hp', 'heal'),
    temporary: () => open('hp', 'temporary'),
    conditions: () => open('conditions'),
    details: () => open('details'),
    reaction: react,
    mark,
    undo: () => give('undo'),
    redo: () => give('redo'),
    next: () =>
      order.value?.turn && fight.mayCommand(order.value.turn) ? give('combat.end-turn') : undefined,
  }
  const forGm: Partial<Record<ShortcutAction, () => unknown>> = {
    next: () => (order.value?.phase === 'setup' ? give('combat.start') : give('combat.next')),
    previous: () => give('combat.previous'),
    add: () => open('add'),
    'move-up': () => move('up'),
    'move-down': () => move('down'),
  }

  return (action) => {
    const mayAct = !isFrozen && role.value !== 'watcher'
    const known = { ...forAll, ...(mayAct ? forPlayers : {}), ...(mayAct && isGm.value ? forGm : {}) }
    void known[action]?.()
  }
}

/** Through the rows with the keyboard: what has the focus is chosen, unless several are. */
function useRowFocus({ selection }: Fight, panel: KeyedFight['panel']) {
  const rowButtons = () => [...(panel.value?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]

  function step(by: 1 | -1): void {
    const rows = rowButtons()
    const at = rows.findIndex((row) => row === document.activeElement)
    const from = at >= 0 ? at : rows.findIndex(({ dataset }) => dataset['row'] === selection.value.ids[0])
    const row = rows[Math.min(Math.max(0, from + (from < 0 ? 1 : by)), rows.length - 1)]
    row?.focus()
    const id = row?.dataset['row']
    if (id !== undefined && !selection.value.isMulti) selection.value = { ids: [id], isMulti: false }
  }

  function mark(): void {
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['row'] : undefined
    if (focused !== undefined)
      selection.value = marked(selection.value.isMulti ? selection.value : noSelection, focused)
  }

  return { step, mark }
}
