/** What a key does in a fight, for who leads it with a keyboard. */
export const shortcuts = [
  { key: 'n', action: 'next' },
  { key: 'p', action: 'previous' },
  { key: 'j', action: 'down' },
  { key: 'k', action: 'up' },
  { key: 'd', action: 'damage' },
  { key: 'h', action: 'heal' },
  { key: 't', action: 'temporary' },
  { key: 'c', action: 'conditions' },
  { key: 'e', action: 'details' },
  { key: 'x', action: 'reaction' },
  { key: 'a', action: 'add' },
  { key: 'm', action: 'mark' },
  { key: 'u', action: 'undo' },
  { key: 'U', action: 'redo' },
  { key: '?', action: 'help' },
] as const
export type ShortcutAction = (typeof shortcuts)[number]['action'] | 'move-up' | 'move-down'

/** A key that was pressed, as far as it matters. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * @returns what a key means; null: nothing. Letters count by their place on the keyboard where the layout has others, so
 *   that a Russian keyboard needs no switching.
 */
export function shortcutOf(pressed: PressedKey): ShortcutAction | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = pressed
  if (ctrlKey || metaKey) return null
  if (key === 'ArrowUp') return altKey ? 'move-up' : 'up'
  if (key === 'ArrowDown') return altKey ? 'move-down' : 'down'
  if (altKey) return null
  const letter = letterOf(pressed)
  if (letter === 'u') return shiftKey ? 'redo' : 'undo'
  if (shiftKey && key !== '?') return null
  return shortcuts.find((known) => known.key === (key === '?' ? key : letter))?.action ?? null
}

/** Whether a key is one of those that may be switched off: a single character. */
export function isCharacterKey({ key }: PressedKey): boolean {
  return [...key].length === 1
}

function letterOf({ key, code }: PressedKey): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase()
  return /^Key[A-Z]$/.test(code) ? code.slice(-1).toLowerCase() : key
}
