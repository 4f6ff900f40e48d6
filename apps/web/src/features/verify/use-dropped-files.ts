import { onMounted, onUnmounted, readonly, type Ref, ref } from 'vue'

/**
 * Takes files that are dropped anywhere on the page, which a browser would open instead of it.
 *
 * @returns whether something is being dragged over the page
 */
export function useDroppedFiles(drop: (files: FileList | null) => void): Readonly<Ref<boolean>> {
  const isDragging = ref(false)
  const listeners = {
    dragover(event: DragEvent) {
      event.preventDefault()
      isDragging.value = true
    },
    dragleave(event: DragEvent) {
      // Between two elements of the page there is a next one; out of the window there is none.
      if (event.relatedTarget === null) isDragging.value = false
    },
    drop(event: DragEvent) {
      event.preventDefault()
      isDragging.value = false
      drop(event.dataTransfer?.files ?? null)
    },
  } as const

  onMounted(() => {
    window.addEventListener('dragover', listeners.dragover)
    window.addEventListener('dragleave', listeners.dragleave)
    window.addEventListener('drop', listeners.drop)
  })
  onUnmounted(() => {
    window.removeEventListener('dragover', listeners.dragover)
    window.removeEventListener('dragleave', listeners.dragleave)
    window.removeEventListener('drop', listeners.drop)
  })
  return readonly(isDragging)
}
