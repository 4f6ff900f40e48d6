import type { RoomConnection } from './connection'
import type { TokenKeeper } from './token-keeper'

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

/**
 * Lets a keeper renew tokens while the page is in view, and look at once when it comes into view.
 *
 * @returns a function that ends it
 */
export function followTokens(keeper: TokenKeeper, { document }: Pick<PageSignals, 'document'>): () => void {
  const look = () => void keeper.look()
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    document.removeEventListener('visibilitychange', look)
    keeper.stop()
  }
}
