import { onScopeDispose, type Ref, watch } from 'vue'

/** How near the viewer's turn is. */
export type TurnCall = 'turn' | 'deck' | null

/** Milliseconds on, off, on: twice for the own turn, once for being next. */
const buzzes: Readonly<Record<'turn' | 'deck', readonly number[]>> = { turn: [180, 90, 180], deck: [90] }

/**
 * Calls a player whose eyes are elsewhere: the phone hums and the tab's title says whose turn it is, until it is over.
 *
 * @param title  what stands before the page's title during the own turn
 */
export function useTurnSignals(call: Readonly<Ref<TurnCall>>, title: Readonly<Ref<string>>): void {
  const shown: { prefix: string } = { prefix: '' }

  function showTitle(prefix: string): void {
    const plain = document.title.startsWith(shown.prefix)
      ? document.title.slice(shown.prefix.length)
      : document.title
    document.title = prefix + plain
    shown.prefix = prefix
  }

  // Not at once: whoever opens the page looks at it.
  watch(call, (next) => {
    if (next !== null && 'vibrate' in navigator) navigator.vibrate([...buzzes[next]])
  })
  watch([call, title], ([next, words]) => showTitle(next === 'turn' ? `${words} · ` : ''), {
    immediate: true,
  })
  onScopeDispose(() => showTitle(''))
}
