import { onScopeDispose } from 'vue'

const longMs = 450
/** A finger that travels further than this scrolls. */
const slackPx = 10

/** Tells a long press from a tap: the click that a lifted finger makes after it is no tap. */
export function useLongPress(onLong: () => void) {
  const held: { timer?: number | undefined; x: number; y: number; isLong: boolean } = {
    x: 0,
    y: 0,
    isLong: false,
  }

  function stop(): void {
    clearTimeout(held.timer)
    held.timer = undefined
  }

  onScopeDispose(stop)
  return {
    start({ clientX, clientY, pointerType }: PointerEvent): void {
      held.isLong = false
      if (pointerType === 'mouse') return
      Object.assign(held, { x: clientX, y: clientY })
      held.timer = window.setTimeout(() => {
        held.isLong = true
        onLong()
      }, longMs)
    },
    move({ clientX, clientY }: PointerEvent): void {
      if (Math.hypot(clientX - held.x, clientY - held.y) > slackPx) stop()
    },
    stop,
    /** A long press must not open the browser's menu as well. */
    menu(event: MouseEvent): void {
      if (held.timer !== undefined || held.isLong) event.preventDefault()
    },
    wasLong(): boolean {
      const { isLong } = held
      held.isLong = false
      return isLong
    },
  }
}
