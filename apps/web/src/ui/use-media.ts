import { onScopeDispose, readonly, type Ref, ref } from 'vue'

/** A screen with place for a table's panels side by side. */
export const deskQuery = '(min-width: 64rem)'

/** @returns whether a media query holds, now and whenever it changes */
export function useMedia(query: string): Readonly<Ref<boolean>> {
  const list = window.matchMedia(query)
  const holds = ref(list.matches)
  const follow = () => void (holds.value = list.matches)
  list.addEventListener('change', follow)
  onScopeDispose(() => list.removeEventListener('change', follow))
  return readonly(holds)
}
