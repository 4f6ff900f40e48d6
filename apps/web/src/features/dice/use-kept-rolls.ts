import { computed, shallowRef } from 'vue'
import { localTexts } from '../../services/kept-value'
import { forgetRoll, parseKeptRolls, rememberRoll, toggleStar } from './kept-rolls'

const storageKey = 'innkeeper.dice'

/** The rolls that this browser keeps at hand. */
export function useKeptRolls() {
  const texts = localTexts()
  const kept = shallowRef(parseKeptRolls(texts.getItem(storageKey)))

  function change(next: typeof kept.value): void {
    kept.value = next
    texts.setItem(storageKey, JSON.stringify(next))
  }

  return {
    all: computed(() => [...kept.value.starred, ...kept.value.recent]),
    isStarred: (text: string) => kept.value.starred.includes(text),
    remember: (text: string) => change(rememberRoll(kept.value, text)),
    toggleStar: (text: string) => change(toggleStar(kept.value, text)),
    forget: (text: string) => change(forgetRoll(kept.value, text)),
  }
}
