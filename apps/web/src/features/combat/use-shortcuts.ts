import { onActivated, onDeactivated, onMounted, onUnmounted, ref, type Ref, watch } from 'vue'
import { localTexts } from '../../services/kept-value'
import { isCharacterKey, type ShortcutAction, shortcutOf } from './shortcuts'

const storageKey = 'innkeeper.shortcuts'

/**
 * Hears the keys of a fight while its panel is shown: not while somebody types, nor under a dialog. Arrows are heard
 * within the panel alone, for elsewhere they scroll.
 *
 * @returns whether keys of one letter are heard; kept on this device (WCAG 2.1.4)
 */
export function useShortcuts(
  panel: Readonly<Ref<HTMLElement | null>>,
  act: (action: ShortcutAction) => void,
) {
  const kept = localTexts()
  const isOn = ref(kept.getItem(storageKey) !== 'off')
  watch(isOn, (on) => kept.setItem(storageKey, on ? 'on' : 'off'))

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || isBusyElsewhere(event.target)) return
    const action = shortcutOf(event)
    // How to switch them on again has to stay within reach.
    const isInside = event.target === document.body || panel.value?.contains(toNode(event.target)) === true
    if (action === null || (event.key.startsWith('Arrow') && !isInside)) return
    if (!isOn.value && isCharacterKey(event) && action !== 'help') return
    event.preventDefault()
    act(action)
  }

  const listen = () => window.addEventListener('keydown', press)
  const stop = () => window.removeEventListener('keydown', press)
  onMounted(listen)
  onActivated(listen)
  onDeactivated(stop)
  onUnmounted(stop)
  return isOn
}

function isBusyElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  return target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu]') !== null
}

function toNode(target: EventTarget | null): Node | null {
  return target instanceof Node ? target : null
}
