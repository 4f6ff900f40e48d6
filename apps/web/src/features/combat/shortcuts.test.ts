import { describe, expect, it } from 'bun:test'
import { isCharacterKey, type PressedKey, shortcutOf, shortcuts } from './shortcuts'

const press = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})

describe('shortcutOf', () => {
  it('knows every key that the help shows, each once', () => {
    for (const { key, action } of shortcuts)
      expect(shortcutOf(press(key, { shiftKey: key === 'U' || key === '?' }))).toBe(action)
    expect(new Set(shortcuts.map(({ key }) => key)).size).toBe(shortcuts.length)
  })

  it('goes by the place of a key where the layout has no such letter', () => {
    expect(shortcutOf(press('т', { code: 'KeyN' }))).toBe('next')
    expect(shortcutOf(press('Г', { code: 'KeyU', shiftKey: true }))).toBe('redo')
  })

  it('leaves to the browser what is the browser’s', () => {
    for (const pressed of [
      press('n', { ctrlKey: true }),
      press('c', { metaKey: true }),
      press('d', { altKey: true }),
      press('N', { shiftKey: true }),
      press('Tab'),
      press('z'),
    ])
      expect(shortcutOf(pressed)).toBeNull()
  })

  it('moves through the rows by arrows, and a row with Alt', () => {
    expect(shortcutOf(press('ArrowUp'))).toBe('up')
    expect(shortcutOf(press('ArrowDown', { altKey: true }))).toBe('move-down')
  })
})

describe('isCharacterKey', () => {
  it('tells letters from keys that nobody presses by speaking', () => {
    expect(['n', '?', 'т'].map((key) => isCharacterKey(press(key)))).toEqual([true, true, true])
    expect(['ArrowUp', 'Tab'].map((key) => isCharacterKey(press(key)))).toEqual([false, false])
  })
})
