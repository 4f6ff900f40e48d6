import type { RoomConnection } from './connection'

/** The part of a browser's `window` and `document` that says whether the page and its network are awake. */
export interface PageSignals {
  readonly window: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
  readonly document: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & {
    readonly hidden: boolean
  }
}

/**
 * Lets a connection come back the moment a laptop's lid opens or a phone finds its network again.
 *
 * @returns a function that stops listening
 */
export function followPage(connection: RoomConnection, { window, document }: PageSignals): () => void {
  const wake = () => connection.wake()
  const lost = () => connection.networkLost()
  const seen = () => document.hidden || connection.wake()
  window.addEventListener('online', wake)
  window.addEventListener('offline', lost)
  document.addEventListener('visibilitychange', seen)
  return () => {
    window.removeEventListener('online', wake)
    window.removeEventListener('offline', lost)
    document.removeEventListener('visibilitychange', seen)
  }
}
