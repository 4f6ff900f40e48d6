import { nextTick, type Ref, watch } from 'vue'

/** Gives the focus back to where it was when a dialog opened: who uses a keyboard goes on from there. */
export function useReturnFocus(isOpen: Readonly<Ref<boolean>>): void {
  const opener: { element: HTMLElement | null } = { element: null }
  watch(
    isOpen,
    async (opened) => {
      if (opened) {
        opener.element = document.activeElement instanceof HTMLElement ? document.activeElement : null
        return
      }
      await nextTick()
      opener.element?.focus()
    },
    { flush: 'sync' },
  )
}
