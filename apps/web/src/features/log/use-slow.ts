import { readonly, type Ref, ref, watch } from 'vue'

const slowMs = 500

/** @returns whether something has been going on for so long that it is worth a word */
export function useSlow(isGoingOn: () => boolean): Readonly<Ref<boolean>> {
  const isSlow = ref(false)
  watch(
    isGoingOn,
    (started, _before, onCleanup) => {
      isSlow.value = false
      if (!started) return
      const timer = setTimeout(() => void (isSlow.value = true), slowMs)
      onCleanup(() => clearTimeout(timer))
    },
    { immediate: true },
  )
  return readonly(isSlow)
}
