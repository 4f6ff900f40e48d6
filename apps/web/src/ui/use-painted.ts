import { onMounted, readonly, type Ref, ref } from 'vue'

/**
 * Lets a long list show at first what has place on a screen: the sooner that is painted, the sooner there is something to
 * tap, and the rest has followed before anybody can scroll to it.
 *
 * @returns whether the first look of the component has been painted
 */
export function usePainted(): Readonly<Ref<boolean>> {
  const isPainted = ref(false)
  // A frame is painted after its callbacks; a timer's turn comes after that.
  onMounted(() => requestAnimationFrame(() => setTimeout(() => void (isPainted.value = true))))
  return readonly(isPainted)
}
