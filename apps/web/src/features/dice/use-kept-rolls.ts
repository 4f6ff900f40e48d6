import { computed, shallowRef } from 'vue'
import { forgetRoll, parseKeptRolls, rememberRoll, toggleStar } from './kept-rolls'

const storageKey = 'innkeeper.dice'

/** The rolls that this browser keeps at hand. */
export function useKeptRolls() {
  const kept = shallowRef(load())

  function change(next: typeof kept.value): void {
    kept.value = next
    try {
      localStorage.setItem(storageKey, JSON.stringify(next))
    } catch {
      // Storage may be forbidden or full; the rolls are then at hand as long as the page is.
    }
  }

  return {
    all: computed(() => [...kept.value.starred, ...kept.value.recent]),
    isStarred: (text: string) => kept.value.starred.includes(text),
    remember: (text: string) => change(rememberRoll(kept.value, text)),
    toggleStar: (text: string) => change(toggleStar(kept.value, text)),
    forget: (text: string) => change(forgetRoll(kept.value, text)),
  }
}

function load() {
  try {
    return parseKeptRolls(localStorage.getItem(storageKey))
  } catch {
    return parseKeptRolls(null)
  }
}
