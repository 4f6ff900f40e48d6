import { onMounted, readonly, type Ref, ref } from 'vue'

/** Of the whole page: whoever opens another list later has waited for nothing, and sees all of it. */
const firstLook = { isOver: false }

/**
 * Lets a long list show at first what has place on a screen: the sooner that is painted, the sooner there is something to
 * tap, and the rest has followed before anybody can scroll to it.
 *
 * @returns whether the page's first look at such a list has been painted
 */
export function usePainted(): Readonly<Ref<boolean>> {
  const isPainted = ref(firstLook.isOver)

  function end(): void {
    firstLook.isOver = true
    isPainted.value = true
  }

  // A frame is painted after its callbacks; a timer's turn comes after that.
  onMounted(() => {
    if (!isPainted.value) requestAnimationFrame(() => setTimeout(end))
  })
  return readonly(isPainted)
}
