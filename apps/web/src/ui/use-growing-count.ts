import { onMounted, onUnmounted, readonly, type Ref, ref } from 'vue'

/** So few that a slow phone makes them within a frame or two, and has time for a tap in between. */
const rowsPerFrame = 3

/**
 * A long list at its first look: what can be seen is there at once, the rest follows a few rows with each frame.
 *
 * @param first  how many rows there are from the start
 * @param most   how many there are in all
 * @returns how many rows to show; no limit any more once all were there
 */
export function useGrowingCount(first: number, most: () => number): Readonly<Ref<number>> {
  const count = ref(first)
  const frame: { id?: number } = {}

  function grow(): void {
    if (count.value >= most()) count.value = Number.POSITIVE_INFINITY
    else {
      count.value += rowsPerFrame
      frame.id = requestAnimationFrame(grow)
    }
  }

  onMounted(() => void (frame.id = requestAnimationFrame(grow)))
  onUnmounted(() => frame.id !== undefined && cancelAnimationFrame(frame.id))
  return readonly(count)
}
