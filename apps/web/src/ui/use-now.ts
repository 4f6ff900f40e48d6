import { onScopeDispose, readonly, type Ref, ref } from 'vue'

/** @returns the time (epoch ms), looked at anew every `everyMs` while the component is there */
export function useNow(everyMs: number): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const timer = setInterval(() => void (now.value = Date.now()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
