import type { Monster, MonsterType } from '@innkeeper/tabletop/compendium/monster'
import { isCancel } from 'axios'
import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { useApi } from '../../services/api'
import { findMonsters, type FoundMonsters, type MonsterWish } from './monster-api'

/** Long enough for a word to be typed, short enough to seem at once. */
const patienceMs = 180

/** Searches the compendium as somebody types; of several searches under way the newest alone counts. */
export function useMonsterSearch() {
  const { http } = useApi()
  const wish = reactive<{ -readonly [Key in keyof MonsterWish]: MonsterWish[Key] }>({
    text: '',
    type: null as MonsterType | null,
    from: null,
    to: null,
  })
  const pages = shallowRef<readonly FoundMonsters[]>([])
  const state = ref<'busy' | 'here' | 'unreachable'>('busy')
  const under: { signal: AbortController; timer?: ReturnType<typeof setTimeout> } = {
    signal: new AbortController(),
  }

  /** @param before  what was found already; the next page goes behind it */
  async function search(before: readonly FoundMonsters[]): Promise<void> {
    under.signal.abort()
    under.signal = new AbortController()
    const { signal } = under.signal
    state.value = 'busy'
    const cursor = before.at(-1)?.next
    try {
      const asked = { ...wish, text: wish.text.trim() }
      const page = await findMonsters(http, asked, { signal, ...(cursor ? { cursor } : {}) })
      if (signal.aborted) return
      pages.value = [...before, page]
      state.value = 'here'
    } catch (error) {
      if (!isCancel(error)) state.value = 'unreachable'
    }
  }

  watch(wish, () => {
    clearTimeout(under.timer)
    // An answer to what was asked before would pass for one to what is asked now.
    under.signal.abort()
    state.value = 'busy'
    under.timer = setTimeout(() => void search([]), patienceMs)
  })
  onScopeDispose(() => {
    clearTimeout(under.timer)
    under.signal.abort()
  })
  void search([])

  return {
    wish,
    /** Whether nothing is asked for: then everything is found. */
    isUnasked: computed(
      () => wish.text.trim() === '' && wish.type === null && wish.from === null && wish.to === null,
    ),
    monsters: computed<readonly Monster[]>(() => pages.value.flatMap(({ monsters }) => monsters)),
    total: computed(() => pages.value[0]?.total ?? 0),
    hasMore: computed(() => pages.value.at(-1)?.next != null),
    state,
    more: () => search(pages.value),
    again: () => search([]),
  }
}
